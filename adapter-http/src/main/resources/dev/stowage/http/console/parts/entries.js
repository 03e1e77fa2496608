/** The entries of metadata in a text such as `owner=Ada`, one a line; undefined when there are none. */
export function readEntries(text) {
  const lines = text.split('\n').filter((line) => line.trim())
  if (lines.length === 0) return undefined
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value = ''] = line.match(/^([^=]*)=?(.*)$/)
      return [name.trim(), value.trim()]
    }),
  )
}
