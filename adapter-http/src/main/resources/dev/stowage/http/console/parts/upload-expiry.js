// The time after which the service deletes the files that are uploaded.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { spanText } from '../lib/format.js'
import { SPANS } from './amount.js'

/** 100 years, in seconds. */
const LONGEST = 3155760000

/** The field of a folder, which is empty at first. `read` returns its time in seconds: undefined when it is empty, null when it is not valid. */
export function useUploadExpiry(prefix) {
  const number = useRef(null)
  const unit = useRef(null)
  const [problem, setProblem] = useState(false)
  useEffect(() => setProblem(false), [prefix])
  function check() {
    const { value, validity } = number.current
    const seconds = Math.round(Number(value) * Number(unit.current.value))
    // Text that is no number has an empty value.
    const valid = !validity.badInput && (value === '' || (seconds >= 1 && seconds <= LONGEST))
    setProblem(!valid)
    if (!valid) return null
    return value === '' ? undefined : seconds
  }
  function read() {
    const seconds = check()
    if (seconds === null) number.current.focus()
    return seconds
  }
  return { prefix, number, unit, problem, check, read }
}

export const UploadExpiry = ({ expiry: { prefix, number, unit, problem, check } }) => html`
  <div class="expiry" key=${prefix}>
    <label for="upload-expiry">Delete after</label>
    <span class="amount">
      <input
        ref=${number}
        id="upload-expiry"
        type="number"
        min="0"
        step="any"
        placeholder="never"
        aria-invalid=${problem}
        aria-describedby="upload-expiry-help"
        onInput=${() => problem && check()}
        onBlur=${check}
      />
      <select ref=${unit} aria-label="Unit of: Delete after" onChange=${check}>
        ${Object.entries(SPANS).map(([seconds, name]) => html`<option value=${seconds} selected=${name === 'days'}>${name}</option>`)}
      </select>
    </span>
    <p id="upload-expiry-help" class=${problem ? 'problem' : 'hint'} role="status">
      ${problem
        ? 'Enter a time from 1 second to 100 years, or leave the field empty.'
        : 'Applies to the files that you upload next. Leave it empty to keep them.'}
    </p>
  </div>
`

export const expiryText = (seconds) => `deleted after ${spanText(seconds)}`
