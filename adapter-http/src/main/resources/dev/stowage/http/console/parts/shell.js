// The navigation and the current view.
import { html, useEffect, useRef } from '../lib/preact.js'
import { useStore } from '../lib/hooks.js'
import { signOutEverywhere } from '../lib/provider.js'
import { link, route } from '../lib/route.js'
import { may, mayShare } from '../lib/rights.js'
import { session } from '../lib/session.js'
import { ConflictQuestion } from './conflict-question.js'
import { UploadPanel } from './upload-panel.js'
import { Files } from '../views/files.js'
import { FilePage } from '../views/file.js'
import { JobPage } from '../views/job.js'
import { Jobs } from '../views/jobs.js'
import { Keys } from '../views/keys.js'
import { Links } from '../views/links.js'
import { OpenUploads } from '../views/open-uploads.js'
import { Usage } from '../views/usage.js'

const VIEWS = { files: Files, file: FilePage, jobs: Jobs, job: JobPage, uploads: OpenUploads, links: Links, usage: Usage, keys: Keys }

export function Shell({ info, me }) {
  const { view, argument } = useStore(route)
  const View = VIEWS[view] ?? Files
  const main = useRef(null)
  const first = useRef(true)

  useEffect(() => {
    document.title = `${(argument || view).slice(0, 60)} – Stowage`
    // Screen readers continue at the new content.
    if (!first.current) main.current.focus({ preventScroll: true })
    first.current = false
  }, [view, argument])

  const tab = (name, text, views = [name]) => html`
    <a href=${link(name)} aria-current=${views.includes(view) ? 'page' : undefined}>${text}</a>
  `
  return html`
    <a class="skip" href="#main" onClick=${(event) => (event.preventDefault(), main.current.focus())}>Skip to the content</a>
    <header class="bar">
      <strong>Stowage</strong>
      <nav aria-label="Console">
        ${tab('files', 'Files', ['files', 'file'])} ${may(me, 'jobs') && tab('jobs', 'Jobs', ['jobs', 'job'])}
        ${may(me, 'write') && tab('uploads', 'Uploads')} ${mayShare(me, info) && tab('links', 'Links')}
        ${info.features.includes('quotas') && tab('usage', 'Usage')} ${may(me, 'admin') && tab('keys', 'Keys')}
      </nav>
      <span class="who"><bdi>${me.name}</bdi></span>
      ${session.get().credential && html`<button onClick=${signOutEverywhere}>Sign out</button>`}
    </header>
    <main ref=${main} id="main" tabindex="-1">
      <${View} key=${`${view}/${argument}`} argument=${argument} info=${info} me=${me} />
    </main>
    <${UploadPanel} />
    <${ConflictQuestion} />
  `
}
