// Signing in at an identity provider: OpenID Connect, authorization code with PKCE. The tokens are in the tab's session storage.
import { base } from './address.js'
import { noteEnd, session, signIn, signOut } from './session.js'

const settings = document.querySelector('meta[name=oidc]')?.dataset
/** Seconds to wait for an answer of the provider. */
const TIMEOUT_SECONDS = 10

const storage = settings && new window.oidc.WebStorageStateStore({ prefix: 'stowage.oidc.', store: sessionStorage })
const manager =
  settings &&
  new window.oidc.UserManager({
    authority: settings.issuer,
    client_id: settings.clientId,
    scope: settings.scopes,
    redirect_uri: `${location.origin}${base}/console/callback`,
    post_logout_redirect_uri: `${location.origin}${base}/console`,
    extraQueryParams: settings.audience ? { audience: settings.audience } : {},
    stateStore: storage,
    userStore: storage,
    loadUserInfo: false,
    // Without a refresh token it would need a frame, and the page allows none.
    automaticSilentRenew: false,
    requestTimeoutInSeconds: TIMEOUT_SECONDS,
  })
let renewal = null

/** The name of the provider for people; null where there is none. */
export const providerName = settings ? new URL(settings.issuer).host : null

/** Takes up a sign-in of this tab that an earlier page began, and keeps it fresh. */
export async function resumeSignIn() {
  if (!manager) return
  manager.events.addAccessTokenExpiring(() => void renew())
  manager.events.addAccessTokenExpired(async () => (await renew()) || noteEnd((await manager.getUser())?.access_token))
  await manager.getUser()
}

/** Leaves the page to sign in, and returns to the same place. */
export const leaveToSignIn = () => explained(() => manager.signinRedirect({ state: location.hash }))

/** Signs in by a window of its own, so that this page stays as it is. To be called by a click. */
export const signInBeside = () => explained(async () => signIn((await manager.signinPopup()).access_token))

/** Ends a sign-in on the page of the provider's answer. Resolves with the place to return to; null in a window of its own. */
export function finishSignIn() {
  return explained(async () => {
    const state = new URLSearchParams(location.search).get('state')
    if (!(await storage.get(state ?? ''))) {
      await manager.signinPopupCallback()
      return null
    }
    const user = await manager.signinRedirectCallback()
    signIn(user.access_token)
    return user.state
  })
}

/** Gets a new token without the person, where the provider has issued a refresh token. Resolves with whether there is one. */
export function renew() {
  renewal ??= refresh().finally(() => (renewal = null))
  return renewal
}

async function refresh() {
  try {
    const before = await manager?.getUser()
    if (!mine(before) || !before.refresh_token) return false
    const user = await manager.signinSilent()
    // The person may have signed out in the meantime.
    if (!mine(before)) return false
    signIn(user.access_token)
    return true
  } catch {
    return false
  }
}

/** Signs out here, and at the provider. */
export async function signOutEverywhere() {
  const user = await manager?.getUser()
  const provided = mine(user)
  signOut()
  if (!user) return
  try {
    if (user.refresh_token && (await manager.metadataService.getRevocationEndpoint())) await manager.revokeTokens(['refresh_token'])
  } catch {
    // The tokens are forgotten all the same, and expire.
  }
  // First, because otherwise the ID token would be in the address of the provider's page.
  await manager.removeUser()
  if (provided && (await manager.metadataService.getEndSessionEndpoint().catch(() => null))) await manager.signoutRedirect()
}

/** Whether a user of the provider is who is signed in, and not an API key. */
const mine = (user) => !!user && session.get().credential === user.access_token

/** Runs an exchange with the provider; the error that it may throw is for people. */
async function explained(exchange) {
  try {
    return await exchange()
  } catch (e) {
    if (e instanceof window.oidc.ErrorResponse) {
      throw new Error(`${providerName} has refused: ${e.error_description || e.error}`)
    }
    if (/window/.test(e.message)) throw new Error('The browser has blocked the window for signing in. Allow it, then try again.')
    throw new Error(`Signing in did not work: ${providerName} can’t be reached, or its answer is not for this page. Try again.`)
  }
}
