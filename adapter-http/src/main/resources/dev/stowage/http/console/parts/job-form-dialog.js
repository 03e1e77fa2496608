// Submits a batch job of any kind, after a dry run if that is wanted.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { link } from '../lib/route.js'
import { Dialog } from './common.js'
import { dryRun, Outcome } from './dry-run.js'
import { JobFields, readJob } from './job-fields.js'
import { notify } from './notices.js'

/** `job` has the initial values; it may be undefined. */
export function JobFormDialog({ me, job, onClose, onStarted }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [result, setResult] = useState(null)
  const alive = useRef(true)
  useEffect(() => () => (alive.current = false), [])

  async function submit(form) {
    const dry = form.get('mode') === 'second'
    setState({ busy: true, error: null })
    setResult(null)
    try {
      const submitted = await api.submitJob({ ...readJob(form), options: { dry_run: dry } })
      if (dry) {
        setResult(await dryRun(submitted, alive))
        setState({ busy: false, error: null })
      } else {
        notify('The job has started', link('job', submitted.id))
        onStarted()
      }
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="New job" submit="Start the job" second="Look what it would do" ...${state} onSubmit=${submit} onClose=${onClose}>
      <${JobFields} me=${me} job=${job} onChange=${() => setResult(null)} />
      <div role="status">${state.busy && 'One moment …'}${result && html`<${Outcome} ...${result} />`}</div>
    <//>
  `
}
