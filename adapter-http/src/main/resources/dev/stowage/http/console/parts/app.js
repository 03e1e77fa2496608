// The whole page: signing in, then the views.
import { html } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { useLoad, useStore } from '../lib/hooks.js'
import { session } from '../lib/session.js'
import { Loading, Problem } from './common.js'
import { Notices } from './notices.js'
import { Shell } from './shell.js'
import { SignIn } from './sign-in.js'

export function App() {
  const { credential, ended } = useStore(session)
  const info = useLoad(api.info, [])
  // The views stay when a credential ends, so that nothing typed or chosen is lost.
  const me = useLoad(
    () => (credential || !needsCredential(info.data) ? api.me() : null),
    [info.data, credential],
    { keep: true },
  )

  if (info.error) return html`<main class="center"><${Problem} error=${info.error} onRetry=${info.reload} /></main>`
  if (!info.data) return html`<main class="center"><${Loading} /></main>`
  if (needsCredential(info.data) && (!credential || (ended && !me.data))) return html`<${SignIn} ended=${ended} />`
  if (!me.data && me.error) return html`<main class="center"><${Problem} error=${me.error} onRetry=${me.reload} /></main>`
  if (!me.data) return html`<main class="center"><${Loading} /></main>`
  return html`
    <${Shell} info=${info.data} me=${me.data} />
    ${ended && html`<${SignIn} ended over />`}
    <${Notices} />
  `
}

const needsCredential = (info) => !info || info.features.includes('authentication')
