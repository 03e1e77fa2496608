// The form for a credential. `over` shows it above the views when a credential has ended.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { leaveToSignIn, providerName, signInBeside, signOutEverywhere } from '../lib/provider.js'
import { signIn } from '../lib/session.js'
import { useModal } from './common.js'

export function SignIn({ ended, over }) {
  const [problem, setProblem] = useState(ended ? 'You are no longer signed in: your key or session has expired or was revoked.' : '')
  const [busy, setBusy] = useState(false)
  const dialog = useRef(null)
  const field = useRef(null)
  const first = useRef(null)

  useModal(dialog, !!over)
  useEffect(() => (first.current ?? field.current).focus(), [])

  async function submit(event) {
    event.preventDefault()
    const credential = field.current.value.trim()
    // Header fields have no other letters, and a request with one would fail without a reason.
    if (!/^[\x21-\x7e]+$/.test(credential)) return setProblem('Enter a key. It has letters, digits and underscores only.')
    setBusy(true)
    try {
      await api.me(credential)
      signIn(credential)
    } catch (e) {
      setProblem(e.status === 401 ? 'The service does not accept this key. Check that it is complete.' : e.message)
      setBusy(false)
    }
  }

  async function toProvider() {
    setProblem('')
    try {
      // A window of its own leaves this page as it is.
      await (over ? signInBeside() : leaveToSignIn())
    } catch (e) {
      setProblem(e.message)
    }
  }

  const form = html`
    <form class="sign-in" onSubmit=${submit}>
      <h1>${over ? 'Sign in again' : 'Stowage'}</h1>
      ${over && html`<p>Everything on the page is still there.</p>`}
      ${providerName && html`<p><button type="button" class="primary" ref=${first} onClick=${toProvider}>Sign in at ${providerName}</button></p>`}
      <p>${providerName ? 'Or sign in with an API key or a token.' : 'Sign in with an API key.'}</p>
      <label>
        API key
        <input ref=${field} type="password" autocomplete="off" spellcheck=${false} aria-describedby="sign-in-problem" />
      </label>
      <p id="sign-in-problem" class="problem" role="alert">${problem}</p>
      <div class="actions">
        <button class=${providerName ? '' : 'primary'} disabled=${busy}>Sign in</button>
        ${over && html`<button type="button" onClick=${signOutEverywhere}>Sign out</button>`}
      </div>
      <p class="hint">The key stays in this tab and is forgotten when you close it.</p>
    </form>
  `
  return over
    ? html`<dialog ref=${dialog} onCancel=${(event) => event.preventDefault()} aria-label="Sign in again">${form}</dialog>`
    : html`<main class="center">${form}</main>`
}
