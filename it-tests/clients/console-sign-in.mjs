// Signing in to the console at an identity provider: node console-sign-in.mjs CHROMIUM SERVICE ISSUER
// Prints a line for each step, and fails at the first that does not work.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

const [executablePath, service, issuer] = process.argv.slice(2)
const provider = new URL(issuer).host
const TOKEN = /eyJ/

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1200, height: 780 } })
context.setDefaultTimeout(15000)
const page = await context.newPage()
const complaints = []
const urls = []
const hosts = new Set()
context.on('request', (request) => {
  urls.push(request.url())
  if (request.resourceType() === 'fetch') hosts.add(new URL(request.url()).host)
})
page.on('console', (message) => {
  if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
})
page.on('pageerror', (error) => complaints.push(String(error)))

async function step(name, work) {
  const begun = performance.now()
  try {
    await work()
  } catch (e) {
    console.log(`failed ${name} at ${page.url()}: ${e.stack}\n${complaints.join('\n')}`)
    throw e
  }
  console.log(`done ${name} (${Math.round(performance.now() - begun)} ms)`)
}
const signIn = (where = page) => where.getByRole('button', { name: `Sign in at ${provider}` })
const policy = async (query) => (await fetch(`http://${provider}/policy?${query}`)).json()
const filter = page.getByPlaceholder('Names that begin with')

try {
  await step('refuse', async () => {
    await page.goto(`${service}/console#/files/raw%2Fdemo%2F`)
    await signIn().click()
    await page.getByRole('link', { name: 'Refuse' }).click()
    // What the provider says is only text.
    await page.getByText('<b>Ada refused</b>').waitFor()
    await page.getByRole('link', { name: 'To the console' }).click()
  })

  await step('sign in, and be back at the same place', async () => {
    await page.goto(`${service}/console#/files/raw%2Fdemo%2F`)
    await signIn().click()
    await page.getByRole('link', { name: 'Continue as Ada' }).click()
    await page.getByText('This folder is empty').waitFor()
    assert.equal(page.url(), `${service}/console#/files/raw%2Fdemo%2F`)
    await page.locator('.who').getByText('Ada').waitFor()
    assert.equal(await page.evaluate(() => localStorage.length), 0)
  })

  await step('a new token before the old one expires', async () => {
    const before = await page.evaluate(() => sessionStorage.getItem('stowage.credential'))
    await policy('lifetime=3600')
    // A request with a token that has expired is sent again with a new one.
    await page.route('**/api/v1/s3/list*', (route) => route.fulfill({ status: 401, body: '{}' }), { times: 1 })
    const renewed = page.waitForRequest((request) => /grant_type=refresh_token/.test(request.postData() ?? ''))
    await filter.fill('a')
    await renewed
    await page.getByText('No name here begins with').waitFor()
    assert.notEqual(await page.evaluate(() => sessionStorage.getItem('stowage.credential')), before)

    await policy('lifetime=61')
    await page.route('**/api/v1/s3/list*', (route) => route.fulfill({ status: 401, body: '{}' }), { times: 1 })
    await filter.fill('ab')
    await page.getByText('begins with “ab”').waitFor()
    // The token with 61 seconds is renewed a second after it was issued, a minute before it expires; also while the policy is changed.
    const again = page.waitForRequest((request) => /grant_type=refresh_token/.test(request.postData() ?? ''))
    await policy('lifetime=2&refresh=no')
    await again
  })

  await step('without a refresh token, sign in again beside the page', async () => {
    const again = page.getByRole('dialog', { name: 'Sign in again' })
    await again.waitFor()
    await policy('lifetime=3600')
    const [popup] = await Promise.all([context.waitForEvent('page'), signIn(again).click()])
    const closed = popup.waitForEvent('close')
    await popup.getByRole('link', { name: 'Continue as Ada' }).click()
    await closed
    await again.waitFor({ state: 'detached' })
    assert.equal(await filter.inputValue(), 'ab')
    await filter.fill('abc')
    await page.getByText('begins with “abc”').waitFor()
  })

  await step('a reload keeps the sign-in', async () => {
    await page.reload()
    await page.getByText('This folder is empty').waitFor()
  })

  await step('sign out', async () => {
    const { refresh_tokens: before } = await policy('')
    const ended = page.waitForRequest((request) => request.url().startsWith(`${issuer}/end?`))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await ended
    await page.waitForURL(`${service}/console*`)
    await signIn().waitFor()
    assert.equal((await policy('')).refresh_tokens, before - 1)
    assert.equal(await page.evaluate(() => sessionStorage.length), 0)
    await page.reload()
    await signIn().waitFor()
    assert.deepEqual(urls.filter((url) => TOKEN.test(url)), [])
    const token = `localhost:${new URL(issuer).port}`
    assert.deepEqual([...hosts].sort(), [new URL(service).host, provider, token].sort())
    assert.deepEqual(complaints, [])
  })
} finally {
  await browser.close()
}
