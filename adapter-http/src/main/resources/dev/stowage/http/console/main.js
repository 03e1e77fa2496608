// Starts the console.
import { html, render } from './lib/preact.js'
import { resumeSignIn } from './lib/provider.js'
import { App } from './parts/app.js'

await resumeSignIn()
render(html`<${App} />`, document.getElementById('app'))
