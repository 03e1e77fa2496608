// Messages that need no answer.
import { html } from '../lib/preact.js'
import { useStore } from '../lib/hooks.js'
import { store } from '../lib/store.js'

const SHOWN = 6000
const notices = store([])
let last = 0

/** Shows a message for a few seconds. `href` is a link to what it is about. */
export function notify(text, href) {
  const notice = { id: ++last, text, href }
  notices.set((now) => [...now.slice(-3), notice])
  setTimeout(() => notices.set((now) => now.filter(({ id }) => id !== notice.id)), SHOWN)
}

export const Notices = () => html`
  <div class="notices" role="status">
    ${useStore(notices).map(
      ({ id, text, href }) => html`<p key=${id}>${text} ${href && html`<a href=${href}>Show</a>`}</p>`,
    )}
  </div>
`
