// Sizes and times as people read them, in the language of the browser.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const withSeconds = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

export function bytes(size) {
  let value = size
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${number.format(value)} ${UNITS[unit]}`
}

export const count = (value) => number.format(value)

/** A count with its noun, whose plural has an s. */
export const plural = (value, noun) => `${number.format(value)} ${noun}${value === 1 ? '' : 's'}`

export const time = (text) => (text ? dateTime.format(new Date(text)) : '–')

/** A time to the second. */
export const moment = (text) => withSeconds.format(new Date(text))

export function duration(seconds) {
  if (!Number.isFinite(seconds)) return ''
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

const SPANS = [
  [86400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** A time span in its largest unit without a rest, as `[number, seconds of the unit]`. */
export function span(seconds) {
  const [unit] = SPANS.find(([size]) => seconds % size === 0)
  return [seconds / unit, unit]
}

export function spanText(seconds) {
  const [value, unit] = span(seconds)
  return plural(value, SPANS.find(([size]) => size === unit)[1])
}

/** The seconds of a duration of the API, such as `30d`. */
export const secondsOf = (text) => parseInt(text, 10) * { s: 1, m: 60, h: 3600, d: 86400 }[text.at(-1)]
