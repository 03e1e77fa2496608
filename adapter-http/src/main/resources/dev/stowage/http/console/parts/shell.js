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
import { Later } from './later.js'

/** The views, and who loads those that are not part of the first load. */
const VIEWS = {
  file: async () => (await import('../views/file.js')).FilePage,
  jobs: async () => (await import('../views/jobs.js')).Jobs,
  job: async () => (await import('../views/job.js')).JobPage,
  schedules: async () => (await import('../views/schedules.js')).Schedules,
  uploads: async () => (await import('../views/open-uploads.js')).OpenUploads,
  links: async () => (await import('../views/links.js')).Links,
  expiry: async () => (await import('../views/expiry.js')).Expiry,
  events: async () => (await import('../views/events.js')).EventsPage,
  webhooks: async () => (await import('../views/webhooks.js')).Webhooks,
  webhook: async () => (await import('../views/webhook.js')).WebhookPage,
  usage: async () => (await import('../views/usage.js')).Usage,
  keys: async () => (await import('../views/keys.js')).Keys,
}

export function Shell({ info, me }) {
  const { view, argument } = useStore(route)
  const later = VIEWS[view]
  const place = { key: `${view}/${argument}`, argument, info, me }
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
        ${may(me, 'jobs') && tab('schedules', 'Schedules')} ${may(me, 'write') && tab('uploads', 'Uploads')}
        ${mayShare(me, info) && tab('links', 'Links')} ${may(me, 'delete') && tab('expiry', 'Expiry')}
        ${may(me, 'read') && tab('events', 'Events')} ${may(me, 'webhooks') && tab('webhooks', 'Webhooks', ['webhooks', 'webhook'])}
        ${info.features.includes('quotas') && tab('usage', 'Usage')} ${may(me, 'admin') && tab('keys', 'Keys')}
      </nav>
      <span class="who"><bdi>${me.name}</bdi></span>
      ${session.get().credential && html`<button onClick=${signOutEverywhere}>Sign out</button>`}
    </header>
    <main ref=${main} id="main" tabindex="-1">
      ${later ? html`<${Later} load=${later} ...${place} />` : html`<${Files} ...${place} />`}
    </main>
    <${UploadPanel} />
    <${ConflictQuestion} />
  `
}
