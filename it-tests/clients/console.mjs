// The console in headless Chromium, as people use it: node console.mjs CHROMIUM SERVICE KEY PROJECT everything|store FOLDER
// KEY may do everything. `store` leaves out the steps that are the same on each store. FOLDER gets screenshots. Prints a line for
// each step, and fails at the first that does not work.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { automation } from './console-automation.mjs'
import { drop } from './drop.mjs'

const [executablePath, service, key, project, extent, folder] = process.argv.slice(2)
const FOLDER = `raw/${project}/`
const HOSTILE_FOLDER = 'raw/hostile/'
const HOSTILE = `<img src=x onerror="document.title='ran'">.txt`
const HOSTILE_NAMES = [
  HOSTILE,
  `"quoted" 'twice' \`thrice\` &amp; \${7 * 7}.txt`,
  '\u0645\u0644\u0641 \u05D0\u05D1 gpj.exe',
  '\u{1F680}\u{1F468}\u200D\u{1F469}\u200D\u{1F467} e\u0301.txt'.normalize('NFC'),
  'javascript:alert(1)',
  'n'.repeat(1000),
]
const files = mkdtempSync(join(tmpdir(), 'console-'))
mkdirSync(folder, { recursive: true })

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1200, height: 780 }, locale: 'en-GB', acceptDownloads: true })
const page = await context.newPage()
page.setDefaultTimeout(15000)
const complaints = []
const hosts = new Set()
// Browsers log each 4xx answer and each outage, which are part of the use: a wrong key, a name that is free.
page.on('console', (message) => {
  if (message.type() === 'error' && !/status of (4\d\d|507)|ERR_INTERNET_DISCONNECTED/.test(message.text())) complaints.push(message.text())
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
/** A step that is the same on each store. */
const stepOnce = async (name, work) => extent === 'everything' && (await step(name, work))
const tab = (name) => page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click()
/** Opens a folder, and waits for it: until then, the page of another one may be there, which has the same buttons. */
const open = async (prefix) => {
  await page.goto(`${service}/console#/files/${encodeURIComponent(prefix)}`)
  await page.getByRole('heading', { level: 1, name: prefix, exact: true }).waitFor()
}
const choose = (...names) => page.getByLabel('Files to upload').setInputFiles(names.map((name) => join(files, name)))
const finished = () => page.getByRole('heading', { name: 'Uploads finished' }).waitFor()
const zone = page.getByRole('region', { name: 'Folder', exact: true })
const show = (key) => page.goto(`${service}/console#/file/${encodeURIComponent(key)}`)
const row = (name) => page.getByRole('table').getByRole('link', { name, exact: true })
const inDialog = (name) => page.getByRole('dialog').getByRole('button', { name, exact: true })
const succeeded = () => page.getByRole('main').getByRole('status').getByText('succeeded', { exact: true }).waitFor()
const closeUploads = () => page.getByRole('button', { name: 'Close' }).click()
const notice = (text) => page.locator('.notices').getByText(text).first().waitFor()
const showStarted = (job) => page.locator('.notices p', { hasText: `${job}: started` }).getByRole('link', { name: 'Show' }).click()
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
const CONTRAST = ['color-contrast']
/** Without `rules`, all of axe. */
async function accessible(shown = page, rules = null) {
  if (!axe || extent !== 'everything') return
  if (!(await shown.evaluate(() => 'axe' in window))) await shown.evaluate(axe)
  const { violations } = await shown.evaluate(
    (only) => window.axe.run({ resultTypes: ['violations'], ...(only && { runOnly: only }) }),
    rules,
  )
  const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [])
}

/** The same for a page of a link, in a copy of it, because no script can run in the page itself. */
async function accessibleLink(person) {
  const copy = await context.newPage()
  await copy.setContent(await person.content())
  await accessible(copy)
  await copy.close()
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
    await page.getByRole('navigation', { name: 'Console' }).waitFor()
    assert.ok(!page.url().includes('stw_'))
  })

  await step('drop files', async () => {
    local('a.txt', 'first')
    local('photo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="teal"/><script>document.title="ran"</script></svg>')
    local('page.html', '<script>parent.document.title = "ran"</script><h1>hello</h1>')
    local('data.json', '{"b":[1,2],"a":"x"}')
    local('tone.wav', wav())
    local('script.pdf', pdf('app.alert("ran"); this.getURL("https://example.com/ran")'))
    await open(FOLDER)
    await zone.waitFor()
    await drop(page, zone, ['a.txt', 'photo.svg', 'page.html', 'data.json', 'tone.wav', 'script.pdf'].map((name) => join(files, name)))
    await finished()
    await closeUploads()
    await row('photo.svg').waitFor()
    // Beside the folder, a drop does nothing, and leaves no page.
    await drop(page, page.getByRole('banner'), [join(files, 'page.html')])
    await accessible()
  })

  await stepOnce('hostile names are only text', async () => {
    for (const name of HOSTILE_NAMES) {
      const stored = await api(`s3/${encodeURIComponent(HOSTILE_FOLDER + name)}`, { method: 'PUT', body: 'x' })
      assert.ok(stored.ok, `${stored.status} ${name}`)
    }
    await open(HOSTILE_FOLDER)
    for (const name of HOSTILE_NAMES) await row(name).waitFor()
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
    assert.ok(await fits())
    await page.getByLabel('Select all that are shown').check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Verify' }).click()
    await page.getByRole('button', { name: 'Look what it would do' }).click()
    await page.getByText(`${HOSTILE_NAMES.length} would succeed`).waitFor()
    await inDialog('Cancel').click()
    for (const name of HOSTILE_NAMES) {
      await show(HOSTILE_FOLDER + name)
      await page.getByRole('heading', { name, exact: true }).waitFor()
      assert.ok(await fits())
    }
    await page.getByRole('button', { name: 'Delete' }).click()
    assert.ok(await fits())
    local(HOSTILE, 'y')
    await open(HOSTILE_FOLDER)
    await choose(HOSTILE)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Skip' }).click()
    await closeUploads()
    assert.equal(await page.locator('img').count(), 0)
    assert.ok(!(await page.title()).startsWith('ran'))
    await open(FOLDER)
  })

  await step('a name that exists asks', async () => {
    local('a.txt', 'second')
    await choose('a.txt')
    const question = page.getByRole('alertdialog')
    await question.getByText(`${FOLDER}a.txt`).waitFor()
    await accessible()
    // The question has the focus.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await row('a (1).txt').waitFor()
    await closeUploads()
    const text = async () => (await api(`s3/download/${FOLDER}a.txt`)).text()
    assert.equal(await text(), 'first')
    local('data.json', '{"b":[1,2],"a":"x"}')
    await choose('a.txt', 'data.json')
    await page.getByText('(2 files now)').waitFor()
    await question.getByLabel('For all conflicts').check()
    await question.getByRole('button', { name: 'Replace' }).click()
    await finished()
    await closeUploads()
    assert.equal(await text(), 'second')
  })

  await stepOnce('uploads that expire; the next version without an expiry stays', async () => {
    const after = page.getByRole('spinbutton', { name: 'Delete after', exact: true })
    const expiry = async (name) => {
      const { last_modified: stored, expires_at: at } = await (await api(`s3/metadata/${FOLDER}${name}`)).json()
      return at && (Date.parse(at) - Date.parse(stored)) / 1000
    }
    for (const name of ['report.txt', 'other.txt']) local(name, 'first')
    await after.fill('-1')
    await page.getByRole('button', { name: 'Upload files' }).click()
    await page.getByText('Enter a time from 1 second').waitFor()
    assert.equal(await after.getAttribute('aria-invalid'), 'true')
    assert.ok(await after.evaluate((field) => field === document.activeElement))
    await drop(page, zone, [join(files, 'report.txt')])
    assert.equal(await page.locator('.uploads').count(), 0)
    await accessible()
    await after.fill('1.5')
    await page.getByRole('combobox', { name: 'Unit of: Delete after' }).selectOption('hours')
    await choose('report.txt')
    await drop(page, zone, [join(files, 'other.txt')])
    // The first one may be stored before the second one is known.
    const both = page.locator('.uploads').getByText('Stored · deleted after 90 minutes')
    await both.nth(1).waitFor()
    await finished()
    assert.equal(await both.count(), 2)
    await accessible()
    await shot('upload-expiry')
    await closeUploads()
    assert.deepEqual([await expiry('report.txt'), await expiry('other.txt')], [5400, 5400])
    await row('report.txt').click()
    await page.getByText('Expires', { exact: true }).waitFor()
    await open(FOLDER)
    // The field is empty again.
    local('report.txt', 'second')
    await choose('report.txt')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click()
    await finished()
    await closeUploads()
    assert.deepEqual([await expiry('report.txt'), await expiry('other.txt')], [null, 5400])
    await row('report.txt').click()
    await page.getByText('ETag', { exact: true }).waitFor()
    assert.equal(await page.getByText('Expires', { exact: true }).count(), 0)
    await open(FOLDER)
  })

  await step('upload with pause, outage, reload and resume', async () => {
    local('big.bin', Buffer.alloc(48 << 20, 'stowage'))
    const patches = []
    page.on('request', (request) => request.method() === 'PATCH' && patches.push(Number(request.headers()['upload-offset'])))
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    const throttle = (uploadThroughput, offline = false) =>
      network.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput })
    await throttle(6 << 20)
    await choose('big.bin')
    await page.getByText(/[2-9](\.\d)? MiB of 48 MiB/).first().waitFor()
    await shot('files')
    await page.getByRole('button', { name: 'Pause big.bin' }).click()
    await page.getByText('Paused').waitFor()
    await page.getByRole('button', { name: 'Resume big.bin' }).click()
    await page.getByText('MiB of 48 MiB').first().waitFor()
    await throttle(-1, true)
    // Slow enough that much is left at the reload, beyond what the sockets hold, even when the page is drawn late.
    await throttle(2 << 20)
    await page.getByText(/[4-9](\.\d)? MiB of 48 MiB/).first().waitFor()
    await throttle(100 << 10)
    page.once('dialog', (dialog) => dialog.accept())
    await page.reload()
    await page.getByRole('heading', { name: '1 upload not finished' }).waitFor()
    await throttle(-1)
    const before = patches.length
    await choose('a.txt', 'big.bin')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Skip' }).click()
    await finished()
    assert.ok(patches[before] > 0, `resumed at ${patches[before]}`)
    const stored = await api(`s3/download/${FOLDER}big.bin`)
    assert.ok(Buffer.from(await stored.arrayBuffer()).equals(readFileSync(join(files, 'big.bin'))))
    await closeUploads()
    // Nothing is left to be finished.
    await page.reload()
    assert.equal(await page.evaluate(() => sessionStorage.getItem('stowage.uploads')), null)
  })

  await step('drop a folder', async () => {
    mkdirSync(join(files, 'set/inner'), { recursive: true })
    for (let i = 0; i < 20; i++) local(i % 2 ? `set/${i}.csv` : `set/inner/${i}.csv`, `id\n${i}\n`)
    await drop(page, zone, [join(files, 'set')])
    await finished()
    await closeUploads()
    await row('set/').click()
    await row('inner/').waitFor()
    const { files: stored } = await (await api(`s3/list?prefix=${FOLDER}set/`)).json()
    assert.equal(stored.length, 20)
  })

  await step('previews, in which nothing runs', async () => {
    await show(`${FOLDER}page.html`)
    await page.locator('pre').getByText('<script>').waitFor()
    await show(`${FOLDER}photo.svg`)
    await page.locator('img.preview').waitFor()
    await page.waitForFunction(() => document.querySelector('img.preview').naturalWidth === 80)
    const ranges = extent === 'everything' && page.waitForResponse((answer) => answer.url().includes('tone.wav') && answer.status() === 206)
    await show(`${FOLDER}tone.wav`)
    await ranges
    await page.waitForFunction(() => document.querySelector('audio')?.duration === 1)
    await show(`${FOLDER}script.pdf`)
    await page.getByRole('button', { name: 'Load the PDF' }).click()
    const link = page.getByRole('link', { name: 'Open the PDF' })
    assert.ok((await link.getAttribute('rel')).includes('noreferrer'))
    const [viewer] = await Promise.all([context.waitForEvent('page'), link.click()])
    await viewer.waitForLoadState()
    await viewer.close()
    assert.equal(await page.locator('iframe, embed, object').count(), 0)
    assert.ok(!(await page.title()).startsWith('ran'))
    await show(`${FOLDER}data.json`)
    await page.locator('pre').getByText('"b": [').waitFor()
    await accessible()
    await shot('file')
  })

  await step('link, rename, copy, move, metadata, delete', async () => {
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
    // While the service is away, what was typed stays.
    await context.setOffline(true)
    await inDialog('Rename').click()
    await page.getByText('The service can’t be reached').waitFor()
    await context.setOffline(false)
    await inDialog('Rename').click()
    await page.getByRole('heading', { name: 'renamed.json' }).waitFor()
    for (const operation of ['Copy', 'Move']) {
      await page.getByRole('button', { name: operation, exact: true }).click()
      await page.getByLabel('New key').fill(`${FOLDER}${operation.toLowerCase()}/renamed.json`)
      await inDialog(operation).click()
      await notice(operation === 'Copy' ? 'Copied to' : 'Moved to')
    }
    await page.getByText(`${FOLDER}move/renamed.json`).first().waitFor()
    assert.equal((await api(`s3/metadata/${FOLDER}renamed.json`)).status, 404)
    assert.equal((await api(`s3/metadata/${FOLDER}copy/renamed.json`)).status, 200)

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
    await page.getByText('This folder is empty').waitFor()
    assert.equal((await api(`s3/metadata/${FOLDER}move/renamed.json`)).status, 404)
  })

  await stepOnce('share a folder, use its link as a person, and revoke it', async () => {
    await open(FOLDER)
    await page.getByRole('button', { name: 'Share this folder' }).click()
    await page.getByLabel('Password').fill('open sesame')
    await accessible()
    await inDialog('Make the link').click()
    const url = await page.getByRole('textbox', { name: 'Link' }).inputValue()
    await inDialog('Close').click()
    const person = await context.newPage()
    await person.goto(url)
    await person.getByLabel('Password of this link').fill('wrong')
    await person.keyboard.press('Enter')
    await person.getByText('The password is wrong').waitFor()
    await accessibleLink(person)
    await person.getByLabel('Password of this link').fill('open sesame')
    await person.keyboard.press('Enter')
    await person.getByRole('heading', { name: 'Files' }).waitFor()
    await accessibleLink(person)
    await person.screenshot({ path: join(folder, 'link.png') })
    const file = person.getByRole('link', { name: 'a.txt', exact: true })
    const [download] = await Promise.all([person.waitForEvent('download'), file.click()])
    assert.equal(download.suggestedFilename(), 'a.txt')
    const body = { prefix: `${FOLDER}inbox/`, kind: 'upload', max_uses: 1 }
    const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    const box = await (await api('links', options)).json()
    await person.goto(box.url)
    await person.getByLabel('Files').setInputFiles(join(files, 'a.txt'))
    await person.getByRole('button', { name: 'Send' }).click()
    await person.getByText('These files were received').waitFor()
    await accessibleLink(person)
    await person.goto(box.url)
    await person.getByRole('heading', { name: 'Not found' }).waitFor()
    await accessibleLink(person)
    assert.equal((await api(`s3/metadata/${FOLDER}inbox/a.txt`, { method: 'GET' })).status, 200)
    await tab('Links')
    await page.getByText('1 of 1').waitFor()
    await page.getByRole('button', { name: `Revoke the link to ${FOLDER}`, exact: true }).click()
    await accessible()
    await inDialog('Revoke').click()
    await notice('The link was revoked')
    await shot('links')
    await person.goto(url)
    await person.getByRole('heading', { name: 'Not found' }).waitFor()
    await person.close()
    await api(`s3/${FOLDER}inbox/a.txt`, { method: 'DELETE' })
  })

  await step('a ZIP of files and folders', async () => {
    await open(FOLDER)
    await page.getByLabel('Select a.txt', { exact: true }).check()
    await page.getByLabel('Select copy', { exact: true }).check()
    await page.getByLabel('Select set', { exact: true }).check()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('toolbar').getByRole('button', { name: 'Download as ZIP' }).click(),
    ])
    const zip = readFileSync(await download.path(), 'latin1')
    assert.equal(download.suggestedFilename(), `${project}.zip`)
    for (const entry of ['a.txt', 'copy/renamed.json', 'set/inner/0.csv', 'set/1.csv']) assert.ok(zip.includes(`${entry}`), entry)
    assert.ok(!zip.includes('big.bin'))
  })

  await stepOnce('failed files of a job', async () => {
    const job = { operation: 'copy', source: { keys: [`${FOLDER}a.txt`, `${FOLDER}none.txt`] }, target: { prefix: `${FOLDER}restored/` } }
    const { id } = await (
      await api('jobs', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(job) })
    ).json()
    await page.goto(`${service}/console#/job/${id}`)
    await page.getByRole('heading', { name: 'Failed files' }).waitFor()
    await page.getByText(`No file at ${FOLDER}none.txt`).waitFor()
    await accessible()
    await api(`s3/${FOLDER}none.txt`, { method: 'PUT', body: 'now' })
    await page.getByRole('button', { name: 'Retry failed files' }).click()
    await succeeded()
    await page.getByText('2 of 2').waitFor()
    const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Report (CSV)' }).click()])
    assert.match(readFileSync(await report.path(), 'utf8'), /none\.txt.*succeeded/)
  })

  await stepOnce('filter, keyboard, and a long folder', async () => {
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
    await page.getByRole('link', { name: 'f01190.txt' }).focus()
    await page.keyboard.press(' ')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ ')
    await page.getByText('3 selected').waitFor()
    await page.keyboard.press('Delete')
    await page.getByRole('dialog', { name: 'Delete' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'f01192.txt' }).waitFor()
    await page.goBack()
    await page.getByPlaceholder('Names that begin with').fill('f0119')
    await page.getByText('10 entries').waitFor()
  })

  await stepOnce('a job on selected files, looked at first', async () => {
    await page.getByLabel('Select all that are shown').check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Look what it would do' }).click()
    await page.getByText('10 would succeed').waitFor()
    await accessible()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await showStarted('Delete')
    await succeeded()
    await page.getByText('10 of 10').waitFor()
    await shot('job')
    await tab('Jobs')
    await page.getByRole('link', { name: 'delete (dry run)' }).first().waitFor()
  })

  await automation({ page, step: stepOnce, api, tab, inDialog, notice, accessible, shot, folder: 'raw/automation/', hostile: HOSTILE })

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

  await stepOnce('a full quota', async () => {
    local('huge.bin', '')
    truncateSync(join(files, 'huge.bin'), 101 << 20)
    await open(FOLDER)
    await choose('huge.bin', 'a.txt')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Skip' }).click()
    await page.locator('.uploads').getByText(/quota/i).waitFor()
    await page.getByRole('button', { name: 'Retry huge.bin' }).click()
    await page.getByRole('button', { name: 'Cancel huge.bin' }).click()
    await closeUploads()
    await tab('Usage')
    await page.getByLabel(`Usage of ${project}`).waitFor()
    await accessible()
  })

  await stepOnce('a key is made, shown once, rotated and revoked', async () => {
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
    await shot('keys')
    await page.getByRole('button', { name: `Rotate ${HOSTILE}` }).click()
    await inDialog('Rotate').click()
    const other = page.getByLabel('Key', { exact: true })
    await other.waitFor()
    assert.notEqual(await other.inputValue(), made)
    assert.equal((await use()).status, 401)
    await inDialog('Close').click()
    await page.getByRole('button', { name: `Revoke ${HOSTILE}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await notice('The key was revoked')
    await page.getByText('revoked', { exact: true }).waitFor()
  })

  await stepOnce('dark, and phone width', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 780 })
    await open(FOLDER)
    await page.reload()
    await page.getByRole('link', { name: 'a.txt', exact: true }).waitFor()
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await accessible()
    await shot('phone')
    for (const name of ['Jobs', 'Schedules', 'Uploads', 'Links', 'Expiry', 'Events', 'Webhooks', 'Usage', 'Keys']) {
      await tab(name)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name)
      await accessible()
      // Of what axe finds, only contrast depends on the colors.
      await page.emulateMedia({ colorScheme: 'light' })
      await accessible(page, CONTRAST)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 1200, height: 780 })
      await accessible(page, CONTRAST)
      await page.setViewportSize({ width: 390, height: 780 })
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1200, height: 780 })
  })

  await stepOnce('a key that ends asks for another, and keeps the page', async () => {
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
    // Only what this key may do is offered.
    const tabs = page.getByRole('navigation', { name: 'Console' }).getByRole('link')
    await tabs.first().waitFor()
    assert.deepEqual(await tabs.allInnerTexts(), ['Files', 'Jobs', 'Schedules', 'Uploads', 'Links', 'Events', 'Usage'])
    await open(FOLDER)
    await page.getByPlaceholder('Names that begin with').fill('a')
    await page.getByText('2 entries').waitFor()
    await page.getByLabel('Select a.txt', { exact: true }).check()
    await api(`keys/${made.id}`, { method: 'DELETE' })
    await page.getByPlaceholder('Names that begin with').fill('a.')
    const again = page.getByRole('dialog', { name: 'Sign in again' })
    await again.getByLabel('API key').fill(key)
    await page.keyboard.press('Enter')
    await again.waitFor({ state: 'detached' })
    assert.equal(await page.getByPlaceholder('Names that begin with').inputValue(), 'a.')
    await page.getByText('1 selected').waitFor()
  })

  await stepOnce('nothing came from another host', async () => {
    hosts.delete('')
    assert.deepEqual([...hosts], [new URL(service).host])
  })
} finally {
  await browser.close()
  rmSync(files, { recursive: true })
}

/** A second of silence: RIFF WAVE, 8 bits, 8 kHz. */
function wav() {
  const rate = 8000
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + rate, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(rate, 40)
  return Buffer.concat([header, Buffer.alloc(rate, 0x80)])
}

/** A document that runs a script when it is opened. */
function pdf(script) {
  const js = script.replaceAll('\\', '\\\\').replaceAll('(', '\\(').replaceAll(')', '\\)')
  return `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(${js})>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
trailer<</Root 1 0 R>>
%%EOF`
}
