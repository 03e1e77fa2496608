// Messages that need no answer.
import { html } from '../lib/preact.js'
import { useStore } from '../lib/hooks.js'
import { store } from '../lib/store.js'

const SHOWN = 6000
const SHOWN_WITH_UNDO = 20_000
const notices = store([])
let last = 0

/** Shows a message for a few seconds. `href` is a link to what it is about; `undo` takes back what was done. */
export function notify(text, href, undo) {
  const notice = { id: ++last, text, href, undo }
  notices.set((now) => [...now.slice(-3), notice])
  setTimeout(() => remove(notice), undo ? SHOWN_WITH_UNDO : SHOWN)
}

const remove = (notice) => notices.set((now) => now.filter(({ id }) => id !== notice.id))

export const Notices = () => html`
  <div class="notices" role="status">
    ${useStore(notices).map(
      (notice) => html`
        <p key=${notice.id}>
          ${notice.text} ${notice.href && html`<a href=${notice.href}>Show</a>`}
          ${notice.undo && html`<button onClick=${() => (remove(notice), notice.undo())}>Undo</button>`}
        </p>
      `,
    )}
  </div>
`
