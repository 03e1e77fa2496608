// The credential of this tab. It is in the tab's session storage, never in a URL, and gone when the tab is closed.
import { store } from './store.js'

const NAME = 'stowage.credential'

/** `credential` is null without one; `ended` says that the service no longer accepts it. */
export const session = store({ credential: sessionStorage.getItem(NAME), ended: false })

export function signIn(credential) {
  sessionStorage.setItem(NAME, credential)
  session.set({ credential, ended: false })
}

export function signOut() {
  sessionStorage.removeItem(NAME)
  session.set({ credential: null, ended: false })
}

/** Notes that a credential was refused, unless it has been replaced. The pages stay as they are, so that nothing is lost. */
export function noteEnd(credential) {
  session.set((now) => (now.credential === credential ? { ...now, ended: true } : now))
}

/** The header with the credential; empty without one. */
export function credentialHeader() {
  const { credential } = session.get()
  return credential ? { Authorization: `Bearer ${credential}` } : {}
}
