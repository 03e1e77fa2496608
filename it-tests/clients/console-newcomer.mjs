// A newcomer's first minutes with the console, and its limits: node console-newcomer.mjs CHROMIUM SERVICE KEY LONG_FOLDER
// KEY may do everything. LONG_FOLDER has 100 000 files. Prints a line for each step and each measurement.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { drop } from './drop.mjs'

const [executablePath, service, key, longFolder] = process.argv.slice(2)
const FOLDER = 'raw/newcomer/'
const FILES = 1000
const LARGE = 1 << 30
const LONG = 100_000
const MIB = 1 << 20
const PATIENCE = 15 * 60_000

const files = mkdtempSync(join(tmpdir(), 'newcomer-'))
mkdirSync(join(files, 'photos/inner'), { recursive: true })
for (let i = 1; i < FILES; i++) writeFileSync(join(files, i % 2 ? `photos/${i}.txt` : `photos/inner/${i}.txt`), `file ${i}`)
writeFileSync(join(files, 'photos/large.bin'), '')
truncateSync(join(files, 'photos/large.bin'), LARGE)

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1200, height: 780 }, acceptDownloads: true })
const page = await context.newPage()
page.setDefaultTimeout(30_000)
const control = await context.newCDPSession(page)
await control.send('Performance.enable')

async function step(name, work) {
  const begun = performance.now()
  try {
    await work()
  } catch (e) {
    console.log(`failed ${name}: ${e.stack}`)
    throw e
  }
  console.log(`done ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
}
const measured = (text) => console.log(`measured ${text}`)
const open = (prefix) => page.goto(`${service}/console#/files/${encodeURIComponent(prefix)}`)
const api = (path, options = {}) =>
  fetch(`${service}/api/v1/${path}`, { ...options, headers: { Authorization: `Bearer ${key}`, ...options.headers } })
async function heap() {
  await control.send('HeapProfiler.collectGarbage')
  const { metrics } = await control.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / MIB
}
async function signIn(where, credential) {
  await where.getByLabel('API key').fill(credential)
  await where.keyboard.press('Enter')
}

try {
  await step('open', async () => {
    const bodies = []
    page.on('response', (response) => bodies.push(response))
    const begun = performance.now()
    await page.goto(service)
    await page.getByLabel('API key').waitFor()
    const milliseconds = Math.round(performance.now() - begun)
    const sizes = await Promise.all(
      bodies.filter((response) => response.status() === 200).map(async (response) => {
        const body = await response.body()
        return [body.length, gzipSync(body).length]
      }),
    )
    const [plain, compressed] = [0, 1].map((i) => sizes.reduce((sum, size) => sum + size[i], 0) / 1024)
    measured(`first load: ${sizes.length} files, ${plain.toFixed(0)} KiB, ${compressed.toFixed(0)} KiB with gzip; usable after ${milliseconds} ms`)
    assert.ok(compressed < 300)
    await signIn(page, key)
    await page.getByRole('navigation', { name: 'Console' }).waitFor()
  })

  await step('drop a folder, and reload in the middle', async () => {
    await open(FOLDER)
    const zone = page.getByRole('region', { name: 'Folder', exact: true })
    await drop(page, zone, [join(files, 'photos')])
    await page.getByText(/^[2-9]\d\d(\.\d)? MiB of 1 GiB$/).waitFor({ timeout: PATIENCE })
    page.once('dialog', (dialog) => dialog.accept())
    await page.reload()
    await page.getByRole('heading', { name: 'not finished' }).waitFor()
    const offsets = []
    page.on('request', (request) => request.method() === 'PATCH' && offsets.push(Number(request.headers()['upload-offset'])))
    const begun = performance.now()
    await drop(page, zone, [join(files, 'photos')])
    await page.getByRole('heading', { name: 'Uploads finished' }).waitFor({ timeout: PATIENCE })
    const large = offsets.filter((offset) => offset > 0)
    assert.ok(large.length > 0, 'the large file has continued')
    measured(`the large file continued at ${(Math.min(...large) / MIB).toFixed(0)} MiB, ${((performance.now() - begun) / 1000).toFixed(1)} s to the end; heap ${(await heap()).toFixed(0)} MiB`)
    assert.equal(await page.getByRole('alertdialog').count(), 0, 'nothing was asked')
    let token = ''
    let count = 0
    let bytes = 0
    do {
      const part = await (await api(`s3/list?prefix=${FOLDER}&max_keys=1000&continuation_token=${encodeURIComponent(token)}`)).json()
      count += part.files.length
      bytes += part.files.reduce((sum, { size }) => sum + size, 0)
      token = part.next_continuation_token ?? ''
    } while (token)
    assert.equal(count, FILES)
    assert.ok(bytes > LARGE)
    await page.getByRole('button', { name: 'Close' }).click()
  })

  await step('share a link, and open it in a private window', async () => {
    await page.goto(`${service}/console#/file/${encodeURIComponent(`${FOLDER}photos/1.txt`)}`)
    await page.getByRole('button', { name: 'Copy a link' }).click()
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
    const other = await browser.newContext({ acceptDownloads: true })
    const window = await other.newPage()
    const [download] = await Promise.all([window.waitForEvent('download'), window.goto(link).catch(() => {})])
    assert.equal(readFileSync(await download.path(), 'utf8'), 'file 1')
    await other.close()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  })

  await step('a job of the lot', async () => {
    await open(FOLDER)
    await page.getByLabel('Select photos').check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Verify' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Verify', exact: true }).click()
    await page.locator('.notices p', { hasText: 'Verify: started' }).getByRole('link', { name: 'Show' }).click()
    await page.getByText('succeeded').first().waitFor({ timeout: PATIENCE })
    await page.getByText('1,000 of 1,000').waitFor()
  })

  await step('revoke a key, and see it refused', async () => {
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Keys' }).click()
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.getByLabel('Name').fill('guest')
    await page.getByLabel('Projects').fill('newcomer')
    await page.getByRole('button', { name: 'Make the key' }).click()
    const made = await page.getByLabel('Key', { exact: true }).inputValue()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    const other = await browser.newContext()
    const window = await other.newPage()
    await window.goto(service)
    await signIn(window, made)
    await window.getByRole('link', { name: FOLDER }).click()
    await page.getByRole('button', { name: 'Revoke guest' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The key was revoked').waitFor()
    await window.getByPlaceholder('Names that begin with').fill('p')
    await window.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    await other.close()
  })

  await step('a folder of 100 000 files', async () => {
    const before = await heap()
    await open(longFolder)
    const rows = page.locator('.rows')
    await rows.waitFor()
    const all = page.getByText(`${LONG.toLocaleString('en')} entries`, { exact: true })
    let most = 0
    let turns = 0
    const begun = performance.now()
    while (!(await all.isVisible())) {
      await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight))
      await page.waitForTimeout(20)
      if (++turns % 50 === 0) most = Math.max(most, await heap())
    }
    const seconds = (performance.now() - begun) / 1000
    most = Math.max(most, await heap())
    measured(`100 000 files listed by scrolling in ${seconds.toFixed(1)} s; heap ${before.toFixed(0)} MiB before, at most ${most.toFixed(0)} MiB`)
    assert.ok(most < 100)
    // Frames while it is scrolled through.
    const slowest = await rows.evaluate(async (box) => {
      let slow = 0
      let last = performance.now()
      for (let i = 0; i < 100; i++) {
        box.scrollTo(0, (box.scrollHeight * i) / 100)
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        slow = Math.max(slow, now - last)
        last = now
      }
      return slow
    })
    measured(`slowest of 100 frames while scrolling through it: ${slowest.toFixed(0)} ms`)
  })
} finally {
  await browser.close()
  rmSync(files, { recursive: true })
}
