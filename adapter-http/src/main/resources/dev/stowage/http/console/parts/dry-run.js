// The result of a job that ran dry.
import { html } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { plural } from '../lib/format.js'
import { Name } from './common.js'

const POLL = 300

/** Waits for a dry run, as long as `alive.current` is true, and reads the beginning of its result. */
export async function dryRun({ id }, alive) {
  while (alive.current) {
    const job = await api.job(id)
    if (!['queued', 'running', 'paused'].includes(job.state)) {
      const { items } = await api.jobItems(id)
      return { job, items: items.slice(0, 20) }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
  return null
}

export const Outcome = ({ job, items }) => html`
  <p>${plural(job.progress.total, 'file')}: ${job.progress.succeeded} would succeed, ${job.progress.failed} would fail</p>
  ${job.error && html`<p class=${job.error.error === 'NoItems' ? 'hint' : 'problem'}>${job.error.message}</p>`}
  <ul class="outcome">
    ${items.map(({ key, message }) => html`<li><${Name} text=${key} />${message && html`<span class="hint">${message}</span>`}</li>`)}
  </ul>
`
