// The form for a credential. `over` shows it above the views when a credential has ended.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { signIn, signOut } from '../lib/session.js'

export function SignIn({ ended, over }) {
  const [problem, setProblem] = useState(ended ? 'Your key is no longer accepted: it has expired or was revoked.' : '')
  const [busy, setBusy] = useState(false)
  const dialog = useRef(null)
  const field = useRef(null)

  useEffect(() => {
    if (over) dialog.current.showModal()
    field.current.focus()
  }, [])

  async function submit(event) {
    event.preventDefault()
    const credential = field.current.value.trim()
    // Header fields have no other letters, and a request with one would fail without a reason.
    if (!/^[\x21-\x7e]+$/.test(credential)) return setProblem('Enter a key. It has letters, digits and underscores only.')
    setBusy(true)
    try {
      await api.me(credential)
      if (over) dialog.current.close()
      signIn(credential)
    } catch (e) {
      setProblem(e.status === 401 ? 'The service does not accept this key. Check that it is complete.' : e.message)
      setBusy(false)
    }
  }

  const form = html`
    <form class="sign-in" onSubmit=${submit}>
      <h1>${over ? 'Sign in again' : 'Stowage'}</h1>
      <p>${over ? 'Everything on the page is still there.' : 'Sign in with an API key.'}</p>
      <label>
        API key
        <input ref=${field} type="password" autocomplete="off" spellcheck="false" aria-describedby="sign-in-problem" />
      </label>
      <p id="sign-in-problem" class="problem" role="alert">${problem}</p>
      <div class="actions">
        <button class="primary" disabled=${busy}>Sign in</button>
        ${over && html`<button type="button" onClick=${signOut}>Sign out</button>`}
      </div>
      <p class="hint">The key stays in this tab and is forgotten when you close it.</p>
    </form>
  `
  return over
    ? html`<dialog ref=${dialog} onCancel=${(event) => event.preventDefault()} aria-label="Sign in again">${form}</dialog>`
    : html`<main class="center">${form}</main>`
}
