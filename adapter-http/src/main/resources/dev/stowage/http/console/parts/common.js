// Small parts that several views use.
import { html, useEffect, useRef } from '../lib/preact.js'

export const Loading = () => html`<p class="hint" role="status">Loading …</p>`

/** An error with what can be done about it. */
export const Problem = ({ error, onRetry }) => html`
  <div class="problem" role="alert">
    <p>${error.message}</p>
    ${error.requestId && html`<p class="hint">Request ${error.requestId}</p>`}
    ${onRetry && html`<button onClick=${onRetry}>Try again</button>`}
  </div>
`

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`

/** A key or a name, of any letters and direction, as plain text. */
export const Name = ({ text }) => html`<bdi class="name" title=${text}>${text}</bdi>`

/** Progress from 0 to 1; null when it is unknown. */
export const Bar = ({ value, label }) => html`
  <progress max="1" value=${value === null ? undefined : value} aria-label=${label}></progress>
`

/** The button for the next page of a list. */
export const More = ({ pages }) =>
  pages.next !== null && html`<button disabled=${pages.loading} onClick=${pages.more}>Show more</button>`

/** Shows a dialog as long as its component is there. Then the focus returns to where it was. */
export function useModal(dialog, wanted = true) {
  useEffect(() => {
    const element = dialog.current
    if (!wanted) return undefined
    element.showModal()
    return () => element.close()
  }, [])
}

/**
 * A modal dialog with a form; its owner closes it. `onSubmit` gets the form's data, in which `mode` is `second` when the
 * second button was used. `leave` is the text of the button that closes it.
 */
export function Dialog({ title, submit, second, leave, danger, busy, error, onSubmit, onClose, children }) {
  const dialog = useRef(null)
  useModal(dialog)
  const close = (event) => {
    event.preventDefault()
    onClose()
  }
  return html`
    <dialog ref=${dialog} onCancel=${close} aria-labelledby="dialog-title">
      <form onSubmit=${(event) => (event.preventDefault(), onSubmit?.(new FormData(event.target, event.submitter)))}>
        <h2 id="dialog-title">${title}</h2>
        ${children} ${error && html`<${Problem} error=${error} />`}
        <div class="actions">
          ${submit && html`<button class=${danger ? 'danger' : 'primary'} disabled=${busy}>${submit}</button>`}
          ${second && html`<button name="mode" value="second" disabled=${busy}>${second}</button>`}
          <button type="button" onClick=${onClose}>${leave ?? (submit ? 'Cancel' : 'Close')}</button>
        </div>
      </form>
    </dialog>
  `
}
