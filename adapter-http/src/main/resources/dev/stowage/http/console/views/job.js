// A job with its live progress.
import { html, useEffect, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { followJob } from '../lib/events.js'
import { bytes, count, duration, time } from '../lib/format.js'
import { useLoad, usePages, useStore } from '../lib/hooks.js'
import { go, link } from '../lib/route.js'
import { save, saveResponse } from '../lib/save.js'
import { session } from '../lib/session.js'
import { Bar, Loading, More, Name, Problem } from '../parts/common.js'
import { sourceText } from '../parts/job-fields.js'
import { notify } from '../parts/notices.js'

const ACTIVE = ['queued', 'running', 'paused']

export function JobPage({ argument: id }) {
  const loaded = useLoad(() => api.job(id), [id])
  const [live, setLive] = useState({})
  const [turn, setTurn] = useState(0)
  const { credential } = useStore(session)
  const job = loaded.data && { ...loaded.data, ...live }

  useEffect(() => {
    const end = new AbortController()
    followJob(
      id,
      (name, data) => {
        setLive((now) => ({ ...now, ...(name === 'progress' ? { progress: data } : data) }))
        // When it ended, and why, is not in the event.
        if (name === 'state' && !ACTIVE.includes(data.state)) loaded.reload()
      },
      end.signal,
    )
    return () => end.abort()
  }, [id, turn, credential])

  async function control(action) {
    try {
      const changed = await api.controlJob(id, action)
      setLive({ state: changed.state, progress: changed.progress })
      // A job that had ended is followed again.
      setTurn((now) => now + 1)
    } catch (e) {
      notify(e.message)
    }
  }

  if (loaded.error) return html`<h1>Job</h1><${Problem} error=${loaded.error} onRetry=${loaded.reload} />`
  if (!job) return html`<h1>Job</h1><${Loading} />`
  const { progress, state } = job
  const done = progress.succeeded + progress.failed + progress.skipped
  const button = (action, text, shown) => shown && html`<button onClick=${() => control(action)}>${text}</button>`
  return html`
    <nav class="crumbs" aria-label="Jobs"><a href=${link('jobs')}>Jobs</a></nav>
    <h1>${job.operation}${job.options.dry_run ? ' (dry run)' : ''}</h1>
    <p role="status"><span class="state" data-state=${state}>${state.replace('_', ' ')}</span></p>
    <${Bar} value=${progress.total > 0 ? done / progress.total : ACTIVE.includes(state) ? null : 1} label="Progress" />
    <p>
      ${count(done)} of ${count(progress.total)}${progress.total_final ? '' : ' or more'} files · ${bytes(progress.bytes)}
      ${progress.failed > 0 && ` · ${count(progress.failed)} failed`}
      ${progress.skipped > 0 && ` · ${count(progress.skipped)} skipped`}
      ${state === 'running' && progress.eta_seconds != null && ` · ${duration(progress.eta_seconds)} left`}
    </p>
    ${job.error && html`<p class="problem">${job.error.message}</p>`}
    <div class="toolbar" role="toolbar" aria-label="Job">
      ${button('pause', 'Pause', ['queued', 'running'].includes(state))} ${button('resume', 'Resume', state === 'paused')}
      ${button('cancel', 'Cancel', ACTIVE.includes(state))}
      ${button('retry', 'Retry failed files', ['failed', 'partially_failed'].includes(state) && progress.failed > 0)}
      ${['csv', 'ndjson'].map((format) => html`<${ReportButton} id=${id} format=${format} />`)}
      ${!ACTIVE.includes(state) && html`<${DeleteButton} id=${id} />`}
    </div>
    <dl>
      <dt>Source</dt><dd><bdi>${sourceText(job.source)}</bdi></dd>
      ${job.target && html`<dt>Target</dt><dd><bdi>${job.target.key ?? job.target.prefix ?? JSON.stringify(job.target)}</bdi></dd>`}
      <dt>Created</dt><dd>${time(job.created_at)}</dd>
      <dt>Finished</dt><dd>${time(job.finished_at)}</dd>
    </dl>
    ${['archive', 'inventory'].includes(job.operation) && !job.options.dry_run && ['succeeded', 'partially_failed'].includes(state) && progress.succeeded > 0 &&
    html`
      <p class="actions">
        <button class="primary" onClick=${() => save(job.target.key).catch((e) => notify(e.message))}>
          ${job.operation === 'archive' ? 'Download the ZIP' : 'Download the list'}
        </button>
        <a href=${link('file', job.target.key)}>Show it</a>
      </p>
    `}
    ${progress.failed > 0 && html`<${FailedItems} id=${id} failed=${progress.failed} />`}
  `
}

function ReportButton({ id, format }) {
  const download = async () => {
    try {
      await saveResponse(await api.jobReport(id, format), `job-${id}.${format}`)
    } catch (e) {
      notify(e.message)
    }
  }
  return html`<button onClick=${download}>Report (${format.toUpperCase()})</button>`
}

function DeleteButton({ id }) {
  const remove = async () => {
    try {
      await api.deleteJob(id)
      go('jobs')
    } catch (e) {
      notify(e.message)
    }
  }
  return html`<button onClick=${remove}>Delete the record</button>`
}

function FailedItems({ id, failed }) {
  const pages = usePages(async (cursor) => {
    const { items, next_cursor: next } = await api.jobItems(id, 'failed', cursor)
    return { items, next }
  }, [id, Math.min(failed, 100)])
  return html`
    <h2>Failed files</h2>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    <ul class="outcome">
      ${pages.items.map(({ key, message, error }) => html`<li><${Name} text=${key} /><span class="problem">${message ?? error}</span></li>`)}
    </ul>
    <${More} pages=${pages} />
  `
}
