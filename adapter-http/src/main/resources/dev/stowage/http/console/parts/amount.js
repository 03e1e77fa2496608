// A number with a unit.
import { html } from '../lib/preact.js'
import { span } from '../lib/format.js'

export const SPANS = { 60: 'minutes', 3600: 'hours', 86400: 'days' }
const SIZES = { 1: 'bytes', 1024: 'KiB', 1048576: 'MiB', 1073741824: 'GiB' }

/** A time span, in seconds. `value` is the initial one, or undefined. */
export const Span = (properties) => html`<${Amount} units=${SPANS} unit=${86400} split=${span} ...${properties} />`

/** A size, in bytes. */
export const Size = (properties) => html`<${Amount} units=${SIZES} unit=${1048576} split=${size} ...${properties} />`

/** The value of the field in a form; undefined when it is empty. */
export function amount(form, name) {
  const value = form.get(name)
  return value ? Math.round(Number(value) * Number(form.get(`${name}_unit`))) : undefined
}

function Amount({ label, name, value, units, unit, split, required }) {
  const [number, initial] = value === undefined ? ['', unit] : split(value)
  // A span that is no multiple of a minute has a unit of its own.
  const choices = initial in units ? units : { [initial]: 'seconds', ...units }
  return html`
    <label>
      ${label}
      <span class="amount">
        <input name=${name} type="number" min="0" step="any" required=${required} defaultValue=${number} />
        <select name=${`${name}_unit`} aria-label=${`Unit of: ${label}`}>
          ${Object.entries(choices).map(
            ([factor, text]) => html`<option value=${factor} selected=${Number(factor) === initial}>${text}</option>`,
          )}
        </select>
      </span>
    </label>
  `
}

function size(bytes) {
  const unit = [1073741824, 1048576, 1024, 1].find((factor) => bytes % factor === 0)
  return [bytes / unit, unit]
}
