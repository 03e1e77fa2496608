// Submits a batch job on what is selected, after a dry run if that is wanted.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { plural } from '../lib/format.js'
import { link } from '../lib/route.js'
import { Dialog, Name } from './common.js'
import { dryRun, Outcome } from './dry-run.js'
import { notify } from './notices.js'

const TITLES = { copy: 'Copy', move: 'Move', verify: 'Verify', delete: 'Delete' }
/** The most keys of one job. */
export const MOST_KEYS = 10_000

export function JobDialog({ operation, folder, items, onClose, onStarted }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [outcomes, setOutcomes] = useState(null)
  const withTarget = ['copy', 'move'].includes(operation)
  const alive = useRef(true)
  useEffect(() => () => (alive.current = false), [])

  async function submit(form) {
    const dry = form.get('mode') === 'second'
    setState({ busy: true, error: null })
    try {
      const jobs = []
      for (const source of sources(items)) jobs.push(await api.submitJob(job(source, form.get('target'), dry)))
      if (dry) {
        setOutcomes(await Promise.all(jobs.map((job) => dryRun(job, alive))))
        setState({ busy: false, error: null })
      } else {
        notify(`${TITLES[operation]}: started`, jobs.length === 1 ? link('job', jobs[0].id) : link('jobs'))
        onStarted()
      }
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  function job(source, target, dry) {
    const where = { prefix: relocated(source, folder, target) }
    return { operation, source, ...(withTarget && { target: where }), options: { dry_run: dry } }
  }

  return html`
    <${Dialog}
      title=${TITLES[operation]}
      submit=${TITLES[operation]}
      second="Look what it would do"
      danger=${operation === 'delete'}
      ...${state}
      onSubmit=${submit}
      onClose=${onClose}
    >
      <p>${plural(items.length, 'entry').replace('entrys', 'entries')} of <${Name} text=${folder || 'all files'} /></p>
      ${withTarget &&
      html`
        <label>
          To the folder
          <input
            name="target"
            required
            spellcheck=${false}
            defaultValue=${folder}
            onInput=${() => setOutcomes(null)}
          />
        </label>
      `}
      ${operation === 'delete' && html`<p>This can’t be undone.</p>`}
      ${outcomes && html`<div role="status">${outcomes.map((lines) => html`<${Outcome} ...${lines} />`)}</div>`}
    <//>
  `
}

/** Selected files are one source, or several if they are many; each selected folder is another. */
function sources(items) {
  const files = items.filter(({ folder }) => !folder).map(({ key }) => key)
  const folders = items.filter(({ folder }) => folder).map(({ key }) => key)
  const parts = []
  for (let first = 0; first < files.length; first += MOST_KEYS) parts.push({ keys: files.slice(first, first + MOST_KEYS) })
  return parts.concat(folders.map((prefix) => ({ prefix })))
}

/** A folder keeps its name in the target. */
const relocated = (source, folder, target) => {
  const base = target && !target.endsWith('/') ? `${target}/` : target
  return source.prefix ? base + source.prefix.slice(folder.length) : base
}
