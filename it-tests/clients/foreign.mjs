// What a page of another origin, and a stored page, can make headless Chromium do to a service:
// node foreign.mjs CHROMIUM SERVICE SIGNED_URL
// SIGNED_URL shows a stored page whose script tries to write. Prints a line for each attempt.
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'

const [executablePath, service, signed] = process.argv.slice(2)
const form = `<!doctype html><meta charset="utf-8"><form method="post" enctype="multipart/form-data" action="${service}/api/v1/s3/upload">
  <input name="key" value="raw/evil/form.txt"><textarea name="file">x</textarea></form>`
const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html')
  response.end(form)
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--host-resolver-rules=MAP rebound.example 127.0.0.1'],
})
const foreign = `http://127.0.0.1:${server.address().port}/`
try {
  const submitting = await browser.newPage()
  await submitting.goto(foreign)
  const [answer] = await Promise.all([submitting.waitForNavigation(), submitting.evaluate(() => document.forms[0].submit())])
  console.log(`form ${answer.status()}`)

  const page = await browser.newPage()
  await page.goto(foreign)
  const fetched = await page.evaluate(async (service) => {
    const data = (field, file) => {
      const all = new FormData()
      all.append(field, `raw/evil/${file}.txt`)
      all.append(`file${file === 'batch' ? 's' : ''}`, new Blob(['x']), 'x.txt')
      return all
    }
    const attempts = {
      upload: ['/api/v1/s3/upload', { method: 'POST', mode: 'no-cors', body: data('key', 'fetch') }],
      batch: ['/api/v1/s3/upload/batch', { method: 'POST', mode: 'no-cors', body: data('keys', 'batch') }],
      put: ['/api/v1/s3/raw/evil/put.txt', { method: 'PUT', body: 'x' }],
      list: ['/api/v1/s3/list', {}],
    }
    const results = []
    for (const [name, [path, options]] of Object.entries(attempts)) {
      const result = await fetch(service + path, options).then((r) => (r.type === 'opaque' ? 'sent' : 'read'), () => 'refused')
      results.push(`${name} ${result}`)
    }
    return results
  }, service)
  fetched.forEach((line) => console.log(line))

  const rebound = await page.goto(`http://rebound.example:${new URL(service).port}/api/v1/s3/list`)
  console.log(`rebound ${rebound.status()}`)

  await page.goto(signed)
  await page.waitForTimeout(500)
  console.log(`stored ${await page.title()}`)

  const hosts = new Set()
  // A request that the page's policy blocks is never sent, and so has no response.
  page.on('response', (response) => hosts.add(new URL(response.url()).host))
  for (const name of ['redoc', 'docs']) {
    await page.goto(`${service}/${name}`)
    await page.getByText('Store a file from a form').first().waitFor({ state: 'attached', timeout: 20000 })
    console.log(`${name} shown`)
  }
  hosts.delete('')
  hosts.delete(new URL(service).host)
  console.log(`others ${[...hosts].join(',')}`)
} finally {
  await browser.close()
  server.close()
}
