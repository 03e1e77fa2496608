// Keys as folders and names.

/** The folder of a key or folder, with its slash at the end; empty at the top. */
export function parentOf(key) {
  const end = key.endsWith('/') ? key.length - 2 : key.length - 1
  return key.slice(0, key.lastIndexOf('/', end) + 1)
}

/** The last segment; of a folder without its slash. */
export function nameOf(key) {
  const name = key.slice(parentOf(key).length)
  return name.endsWith('/') && name.length > 1 ? name.slice(0, -1) : name
}

/** The key with a number before its extension: `a (1).txt`. */
export function numbered(key, number) {
  const folder = parentOf(key)
  const name = nameOf(key)
  const dot = name.lastIndexOf('.')
  const stem = dot > 0 ? name.slice(0, dot) : name
  return `${folder}${stem} (${number})${dot > 0 ? name.slice(dot) : ''}`
}

/** The folders above a prefix, from the top, each with its name. */
export function crumbsOf(prefix) {
  const crumbs = []
  let start = 0
  for (let slash = prefix.indexOf('/'); slash >= 0; slash = prefix.indexOf('/', start)) {
    crumbs.push({ name: prefix.slice(start, slash) || '(empty)', prefix: prefix.slice(0, slash + 1) })
    start = slash + 1
  }
  return crumbs
}
