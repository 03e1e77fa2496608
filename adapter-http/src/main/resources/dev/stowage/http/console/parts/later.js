// A view that is loaded when it is first shown.
import { html } from '../lib/preact.js'
import { useLoad } from '../lib/hooks.js'
import { Loading, Problem } from './common.js'

const UNREACHABLE = { message: 'The service can’t be reached. Check the connection, then try again.' }
const views = new Map()

/** `load` resolves with the component, which gets the other properties. */
export function Later({ load, ...properties }) {
  const loaded = useLoad(async () => views.has(load) || views.set(load, await load()), [load])
  const View = views.get(load)
  if (View) return html`<${View} ...${properties} />`
  return loaded.error ? html`<${Problem} error=${UNREACHABLE} onRetry=${loaded.reload} />` : html`<${Loading} />`
}
