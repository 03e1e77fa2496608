// Starts the console.
import { html, render } from './lib/preact.js'
import { App } from './parts/app.js'

render(html`<${App} />`, document.getElementById('app'))
