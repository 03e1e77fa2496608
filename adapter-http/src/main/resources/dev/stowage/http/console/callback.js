// The page to which the identity provider returns.
import { base } from './lib/address.js'
import { finishSignIn } from './lib/provider.js'

try {
  const place = await finishSignIn()
  if (place === null) show('You can close this window, and continue in the other one.')
  else location.replace(`${base}/console${place}`)
} catch (e) {
  show(e.message)
}

function show(text) {
  document.getElementById('message').textContent = text
}
