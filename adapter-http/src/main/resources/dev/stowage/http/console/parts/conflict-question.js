// Asks what to do with an upload whose key has a file.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { plural } from '../lib/format.js'
import { useStore } from '../lib/hooks.js'
import { answer, uploads } from '../upload/queue.js'
import { Name } from './common.js'

export function ConflictQuestion() {
  const asking = useStore(uploads).filter(({ state }) => state === 'asking')
  const [forAll, setForAll] = useState(false)
  const question = useRef(null)
  const asked = asking.length > 0
  useEffect(() => {
    // Nobody is interrupted while typing.
    if (!asked || document.activeElement?.matches('input, textarea, select')) return undefined
    question.current.querySelector('button').focus()
    return () => document.getElementById('main')?.focus({ preventScroll: true })
  }, [asked])
  if (asking.length === 0) return null
  const button = (choice, text) => html`<button onClick=${() => answer(asking[0], choice, forAll)}>${text}</button>`
  return html`
    <section class="question" ref=${question} role="alertdialog" aria-labelledby="conflict-title">
      <h2 id="conflict-title">There is a file with this name</h2>
      <p><${Name} text=${asking[0].key} /></p>
      <div class="actions">${button('replace', 'Replace')} ${button('both', 'Keep both')} ${button('skip', 'Skip')}</div>
      <label class="check">
        <input type="checkbox" checked=${forAll} onChange=${(event) => setForAll(event.target.checked)} />
        For all conflicts${asking.length > 1 && ` (${plural(asking.length, 'file')} now)`}
      </label>
    </section>
  `
}
