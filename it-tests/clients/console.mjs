// The console in headless Chromium, as people use it: node console.mjs CHROMIUM SERVICE KEY FOLDER
// KEY may do everything. FOLDER gets screenshots. Prints a line for each step, and fails at the first that does not work.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [executablePath, service, key, folder] = process.argv.slice(2)
const FOLDER = 'raw/demo/'
const HOSTILE_FOLDER = 'raw/hostile/'
const HOSTILE = `<img src=x onerror="document.title='ran'">.txt`
const files = mkdtempSync(join(tmpdir(), 'console-'))
mkdirSync(folder, { recursive: true })

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1200, height: 780 }, locale: 'en-GB', acceptDownloads: true })
const page = await context.newPage()
page.setDefaultTimeout(15000)
const complaints = []
const hosts = new Set()
// Browsers log each 4xx answer, which are part of the use: a wrong key, a name that is free.
page.on('console', (message) => {
  if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
})
page.on('pageerror', (error) => complaints.push(String(error)))
page.on('request', (request) => hosts.add(new URL(request.url()).host))

async function step(name, work) {
  const begun = performance.now()
  try {
    await work()
  } catch (e) {
    await page.screenshot({ path: join(folder, 'failure.png') })
    console.log(`failed ${name}: ${e.stack}\n${complaints.join('\n')}`)
    throw e
  }
  console.log(`done ${name} (${Math.round(performance.now() - begun)} ms)`)
}
const shot = (name) => page.screenshot({ path: join(folder, `${name}.png`) })
const tab = (name) => page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click()
const open = (prefix) => page.goto(`${service}/console#/files/${encodeURIComponent(prefix)}`)
const choose = (...names) => page.getByLabel('Files to upload').setInputFiles(names.map((name) => join(files, name)))
const finished = () => page.getByRole('heading', { name: 'Uploads finished' }).waitFor()
const notice = (text) => page.locator('.notices').getByText(text).first().waitFor()
const api = (path, options = {}) =>
  fetch(`${service}/api/v1/${path}`, { ...options, headers: { Authorization: `Bearer ${key}`, ...options.headers } })
function local(name, content) {
  writeFileSync(join(files, name), content)
  return name
}

let axe = null
try {
  axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
} catch {
  console.log('skipped axe: run npm ci')
}
async function accessible() {
  if (!axe) return
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
  const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [])
}

try {
  await step('sign in', async () => {
    await page.goto(`${service}/`)
    assert.equal(new URL(page.url()).pathname, '/console')
    await page.getByLabel('API key').fill('stw_wrong')
    await page.keyboard.press('Enter')
    await page.getByText('does not accept this key').waitFor()
    await accessible()
    await page.getByLabel('API key').fill(key)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'raw/' }).waitFor()
    assert.ok(!page.url().includes('stw_'))
  })

  await step('upload files', async () => {
    local('a.txt', 'first')
    local('photo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="teal"/><script>document.title="ran"</script></svg>')
    local('page.html', '<script>parent.document.title = "ran"</script><h1>hello</h1>')
    local('data.json', '{"b":[1,2],"a":"x"}')
    await open(FOLDER)
    await choose('a.txt', 'photo.svg', 'page.html', 'data.json')
    await finished()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('table').getByRole('link', { name: 'photo.svg' }).waitFor()
    await accessible()
  })

  await step('hostile names are only text', async () => {
    for (const name of [HOSTILE, '\u0645\u0644\u0641 \u{1F680} "q".txt', `${'n'.repeat(900)}.txt`]) {
      const stored = await api(`s3/${encodeURIComponent(HOSTILE_FOLDER + name)}`, { method: 'PUT', body: 'x' })
      assert.ok(stored.ok, `${stored.status} ${name}`)
    }
    await open(HOSTILE_FOLDER)
    await page.getByRole('link', { name: HOSTILE }).click()
    await page.getByRole('heading', { name: HOSTILE }).waitFor()
    assert.equal(await page.locator('img').count(), 0)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await accessible()
    await open(FOLDER)
  })

  await step('a name that exists asks', async () => {
    local('a.txt', 'second')
    await choose('a.txt')
    const question = page.getByRole('alertdialog')
    await question.getByText(`${FOLDER}a.txt`).waitFor()
    await accessible()
    await question.getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('table').getByRole('link', { name: 'a (1).txt' }).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    assert.equal(await (await api(`s3/download/${FOLDER}a.txt`)).text(), 'first')
  })

  await step('upload with pause, reload and resume', async () => {
    local('big.bin', Buffer.alloc(12 << 20, 'stowage'))
    const patches = []
    page.on('request', (request) => request.method() === 'PATCH' && patches.push(Number(request.headers()['upload-offset'])))
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    const throttle = (uploadThroughput) =>
      network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
    await throttle(4 << 20)
    await choose('big.bin')
    await page.getByText(/[2-9](\.\d)? MiB of 12 MiB/).first().waitFor()
    await shot('files')
    await page.getByRole('button', { name: 'Pause big.bin' }).click()
    await page.getByText('Paused').waitFor()
    await page.getByRole('button', { name: 'Resume big.bin' }).click()
    await page.getByText(/[3-9](\.\d)? MiB of 12 MiB/).first().waitFor()
    page.once('dialog', (dialog) => dialog.accept())
    await page.reload()
    await page.getByRole('heading', { name: '1 upload not finished' }).waitFor()
    await throttle(-1)
    const before = patches.length
    await choose('big.bin')
    await finished()
    assert.ok(patches[before] > 0, `resumed at ${patches[before]}`)
    const stored = await api(`s3/download/${FOLDER}big.bin`)
    assert.ok(Buffer.from(await stored.arrayBuffer()).equals(readFileSync(join(files, 'big.bin'))))
    await page.getByRole('button', { name: 'Close' }).click()
  })

  await step('upload of a folder', async () => {
    mkdirSync(join(files, 'set/inner'), { recursive: true })
    for (let i = 0; i < 20; i++) local(i % 2 ? `set/${i}.csv` : `set/inner/${i}.csv`, `id\n${i}\n`)
    await page.getByLabel('Folder to upload').setInputFiles(join(files, 'set'))
    await finished()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('table').getByRole('link', { name: 'set/' }).click()
    await page.getByRole('table').getByRole('link', { name: 'inner/' }).waitFor()
    const { files: stored } = await (await api(`s3/list?prefix=${FOLDER}set/`)).json()
    assert.equal(stored.length, 20)
  })

  await step('preview of hostile files', async () => {
    await page.goto(`${service}/console#/file/${encodeURIComponent(`${FOLDER}page.html`)}`)
    await page.locator('pre').getByText('<script>').waitFor()
    await page.goto(`${service}/console#/file/${encodeURIComponent(`${FOLDER}photo.svg`)}`)
    await page.locator('img.preview').waitFor()
    await page.waitForFunction(() => document.querySelector('img.preview').naturalWidth === 80)
    assert.ok(!(await page.title()).includes('ran'))
    await page.goto(`${service}/console#/file/${encodeURIComponent(`${FOLDER}data.json`)}`)
    await page.locator('pre').getByText('"b": [').waitFor()
    await accessible()
    await shot('file')
  })

  await step('link, rename, metadata, delete', async () => {
    await page.getByRole('button', { name: 'Copy a link' }).click()
    await page.getByRole('button', { name: 'Make the link' }).click()
    const url = await page.getByRole('textbox', { name: 'Link' }).inputValue()
    assert.equal(await (await fetch(url)).text(), '{"b":[1,2],"a":"x"}')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('New name').fill('a.txt')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('Replace the file').waitFor()
    await page.getByLabel('New name').fill('renamed.json')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('heading', { name: 'renamed.json' }).waitFor()

    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Cache-Control').fill('no-cache')
    await page.getByRole('dialog').getByLabel('Name').first().fill('owner')
    await page.getByRole('dialog').getByLabel('Value').first().fill('Ada')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Metadata: owner').waitFor()

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()])
    assert.equal(readFileSync(await download.path(), 'utf8'), '{"b":[1,2],"a":"x"}')

    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await notice('Deleted renamed.json')
    await page.getByRole('table').waitFor()
    assert.equal((await api(`s3/metadata/${FOLDER}renamed.json`)).status, 404)
  })

  await step('filter, keyboard, and a long folder', async () => {
    await open('raw/many/')
    await page.getByText('500 entries so far').waitFor()
    await page.getByRole('link', { name: 'f00000.txt' }).focus()
    await page.keyboard.press('ArrowDown')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'f00001.txt')
    await page.keyboard.press('End')
    await page.getByText('1,000 entries so far').waitFor()
    await page.keyboard.press('End')
    await page.getByText('1,200 entries').waitFor()
    assert.ok((await page.locator('.rows .row').count()) < 80)
    await page.getByPlaceholder('Names that begin with').fill('f0119')
    await page.getByText('10 entries').waitFor()
  })

  await step('a job on selected files, looked at first', async () => {
    await page.getByLabel('Select all that are shown').check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Look what it would do' }).click()
    await page.getByText('10 would succeed').waitFor()
    await accessible()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await notice('Delete: started')
    await page.locator('.notices').getByRole('link', { name: 'Show' }).last().click()
    await page.getByText('succeeded').first().waitFor()
    await page.getByText('10 of 10').waitFor()
    await accessible()
    await shot('job')
    await tab('Jobs')
    await page.getByRole('link', { name: 'delete (dry run)' }).first().waitFor()
    await accessible()
  })

  await step('uploads in progress', async () => {
    const metadata = `key ${Buffer.from(`${FOLDER}half.bin`).toString('base64')}`
    await api('tus', { method: 'POST', headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': '9', 'Upload-Metadata': metadata } })
    await tab('Uploads')
    const row = page.getByRole('row', { name: 'half.bin' })
    await row.getByRole('button', { name: 'Abort' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Abort' }).click()
    await notice('The upload was aborted')
    await page.getByText('No uploads are in progress').waitFor()
  })

  await step('usage', async () => {
    await tab('Usage')
    await page.getByLabel('Usage of demo').waitFor()
    await accessible()
  })

  await step('a key is made, shown once, and revoked', async () => {
    await tab('Keys')
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.getByLabel('Name').fill(HOSTILE)
    await page.getByLabel('Projects').fill('demo')
    await accessible()
    await page.getByRole('button', { name: 'Make the key' }).click()
    const made = await page.getByLabel('Key', { exact: true }).inputValue()
    const use = () => fetch(`${service}/api/v1/me`, { headers: { Authorization: `Bearer ${made}` } })
    assert.deepEqual((await (await use()).json()).projects, ['demo'])
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    assert.ok(!(await page.content()).includes(made))
    await accessible()
    await shot('keys')
    await page.getByRole('button', { name: `Revoke ${HOSTILE}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await notice('The key was revoked')
    assert.equal((await use()).status, 401)
  })

  await step('dark, and phone width', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 780 })
    await open(FOLDER)
    await page.getByRole('link', { name: 'a.txt', exact: true }).waitFor()
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await accessible()
    await shot('phone')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1200, height: 780 })
  })

  await step('a key that ends asks for another, and keeps the page', async () => {
    assert.deepEqual(complaints, [])
    const made = await (
      await api('keys', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'short', actions: ['read', 'write', 'jobs'], projects: ['demo'] }),
      })
    ).json()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('API key').fill(made.key)
    await page.keyboard.press('Enter')
    await open(FOLDER)
    await page.getByPlaceholder('Names that begin with').fill('a')
    await page.getByText('2 entries').waitFor()
    await api(`keys/${made.id}`, { method: 'DELETE' })
    await page.getByPlaceholder('Names that begin with').fill('a.')
    const again = page.getByRole('dialog', { name: 'Sign in again' })
    await again.getByLabel('API key').fill(key)
    await page.keyboard.press('Enter')
    await again.waitFor({ state: 'detached' })
    assert.equal(await page.getByPlaceholder('Names that begin with').inputValue(), 'a.')
  })

  await step('nothing came from another host', async () => {
    hosts.delete('')
    assert.deepEqual([...hosts], [new URL(service).host])
  })
} finally {
  await browser.close()
}
