// Uploads from a page of another origin in headless Chromium, and reloads the page during the upload:
// node browser.mjs CHROMIUM ORIGIN tus|aws-s3 ENDPOINT NAME SIZE
// ORIGIN is http:// and a host name, which leads the browser to a free port of this machine.
import { createServer } from 'node:http'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'

const [executablePath, origin, plugin, endpoint, name, size] = process.argv.slice(2)
const bundle = await build({
  entryPoints: [new URL('page.js', import.meta.url).pathname],
  bundle: true,
  write: false,
  format: 'iife',
  logLevel: 'error',
})
const server = createServer((request, response) => {
  if (request.url === '/page.js') {
    response.setHeader('Content-Type', 'text/javascript')
    response.end(bundle.outputFiles[0].text)
  } else {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><meta charset="utf-8"><script src="/page.js"></script>')
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const rule = `MAP ${new URL(origin).hostname} 127.0.0.1:${server.address().port}`
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', `--host-resolver-rules=${rule}`] })
try {
  const page = await browser.newPage()
  const patches = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') patches.push(Number(request.headers()['upload-offset']))
  })
  await page.goto(`${origin}/`)
  const slow = await page.context().newCDPSession(page)
  await slow.send('Network.enable')
  const throttle = (bytesPerSecond) =>
    slow.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    })
  await throttle(3 * 1024 * 1024)
  await page.evaluate(([...args]) => void window.upload(...args), [plugin, endpoint, name, Number(size)])
  await page.waitForFunction((third) => window.sent > third, Number(size) / 3)
  // The rest takes longer than a reload, however slow the machine is.
  await throttle(100 * 1024)
  await page.reload()
  await throttle(-1)
  const before = patches.length
  const url = await page.evaluate(([...args]) => window.upload(...args), [plugin, endpoint, name, Number(size)])
  console.log(`resumed ${patches[before] ?? 0}`)
  console.log(`done ${url}`)
} finally {
  await browser.close()
  server.close()
}
