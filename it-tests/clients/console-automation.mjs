// The pages of the console for what happens by itself: jobs of any kind, schedules, expiry, events and webhooks. Steps of console.mjs.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

/** `tools` are those of console.mjs; all files are below `folder`. */
export async function automation({ page, step, api, tab, inDialog, notice, accessible, shot, folder, hostile }) {
  const button = (name) => page.getByRole('button', { name, exact: true })
  const field = (name) => page.getByRole('dialog').getByLabel(name, { exact: true })
  const choose = (name, option) => page.getByRole('combobox', { name, exact: true }).selectOption(option)
  const put = (key) => api(`s3/${encodeURIComponent(key)}`, { method: 'PUT', headers: { 'Content-Type': 'text/plain' }, body: 'x' })
  /** Waits for the page of a job, then for its end. The list of jobs, which may still be there, shows states, too. */
  const ended = async (operation) => {
    await page.getByRole('heading', { name: operation, exact: true }).waitFor()
    await page.getByRole('main').getByRole('status').getByText('succeeded', { exact: true }).waitFor()
  }

  await step('jobs by the form: a filter, an inventory, an archive and its extraction', async () => {
    for (const name of ['one.csv', 'two.csv', 'three.txt']) await put(`${folder}lists/${name}`)
    await tab('Jobs')
    await button('New job').click()
    await choose('Operation', 'inventory')
    await field('Prefix').fill(`${folder}lists/`)
    await page.getByText('Only some of these files').click()
    await field('File name').fill('*.csv')
    await field('Key of the new file').fill(`${folder}lists.csv`)
    // What is typed stays when another operation is looked at.
    await choose('Operation', 'verify')
    await choose('Operation', 'inventory')
    await button('Look what it would do').click()
    await page.getByText('2 files: 2 would succeed').waitFor()
    await accessible()
    await button('Start the job').click()
    await page.getByText('The job has started').getByRole('link').click()
    await ended('inventory')
    await button('Download the list').waitFor()
    const list = await (await api(`s3/download/${folder}lists.csv`)).text()
    assert.deepEqual(list.match(/\w+\.(csv|txt)/g), ['one.csv', 'two.csv'])

    const archive = { operation: 'archive', source: { prefix: `${folder}lists/` }, target: { key: `${folder}lists.zip`, strip_prefix: `${folder}lists/` } }
    const { id } = await (await api('jobs', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(archive) })).json()
    await page.goto(`${page.url().split('#')[0]}#/job/${id}`)
    await ended('archive')
    await page.getByRole('link', { name: 'Show it' }).click()
    await button('Extract').click()
    assert.equal(await field('To the folder').inputValue(), `${folder}lists/`)
    await field('To the folder').fill(`${folder}extracted`)
    await button('Start the job').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.notices p').last().getByRole('link').click()
    await ended('extract')
    assert.equal((await api(`s3/metadata/${folder}extracted/three.txt`)).status, 200)
  })

  await step('a schedule is made, paused and deleted', async () => {
    await tab('Schedules')
    await page.getByText('There are no schedules yet').waitFor()
    await button('Make a schedule').click()
    await field('Name').fill(hostile)
    await field('Times (minute, hour, day, month, weekday)').fill('61 3 * * *')
    await field('Time zone').fill('Europe/Berlin')
    await choose('Operation', 'delete')
    await field('Prefix').fill(`${folder}none/`)
    await button('Make the schedule').click()
    await page.getByRole('dialog').getByRole('alert').getByText('cron must have').waitFor()
    await field('Times (minute, hour, day, month, weekday)').fill('0 3 * * *')
    await accessible()
    await button('Make the schedule').click()
    await button(`Pause ${hostile}`).click()
    await page.getByText('paused', { exact: true }).waitFor()
    await button(`Resume ${hostile}`).click()
    await button(`Pause ${hostile}`).waitFor()
    const { schedules } = await (await api('schedules')).json()
    assert.deepEqual([schedules[0].time_zone, schedules[0].job.source.prefix, schedules[0].enabled], ['Europe/Berlin', `${folder}none/`, true])
    await accessible()
    await shot('schedules')
    await button(`Delete ${hostile}`).click()
    await inDialog('Delete').click()
    await notice('The schedule was deleted')
    await page.getByText('There are no schedules yet').waitFor()
  })

  await step('a rule of expiry is looked at, added, changed, removed and restored', async () => {
    const rules = async () => (await (await api('lifecycle')).json()).rules
    const after = page.getByRole('spinbutton', { name: 'Delete them this long after' })
    await tab('Expiry')
    await page.getByText('There are no rules').waitFor()
    await button('Add a rule').click()
    await field('Name of the rule').fill('old')
    await field('Files whose keys begin with').fill(`${folder}lists/`)
    await after.fill('0.01')
    await page.getByRole('combobox', { name: 'Unit of: Delete them' }).selectOption('minutes')
    await button('Look what it would take').click()
    await page.getByText('3 files (3 B) would be deleted now').waitFor()
    await accessible()
    await after.fill('40')
    await page.getByRole('combobox', { name: 'Unit of: Delete them' }).selectOption('days')
    await page.getByText('Only some of these files').click()
    await field('Metadata, one entry a line').fill(`owner=${hostile}`)
    await button('Add the rule').click()
    await page.getByRole('cell', { name: `owner=${hostile}` }).waitFor()
    await button('Edit old').click()
    await after.fill('41')
    await button('Save').click()
    await page.getByText('41 days').waitFor()
    await button('Look what they would take now').click()
    await page.getByText('0 files').waitFor()
    await accessible()
    await shot('expiry')
    await button('Remove old').click()
    await page.getByText('There are no rules').waitFor()
    assert.deepEqual(await rules(), [])
    await button('Undo').click()
    await notice('The rule old is there again')
    const [{ expire_after: days, filter }] = await rules()
    assert.deepEqual([days, filter.metadata.owner], ['41d', hostile])
  })

  await step('events as they happen, by type and prefix', async () => {
    await tab('Events')
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByRole('link', { name: `${folder}lists/one.csv` }).waitFor()
    await put(`${folder}events/${hostile}`)
    await page.getByRole('link', { name: `${folder}events/${hostile}`, exact: true }).waitFor()
    await accessible()
    await shot('events')
    await page.getByLabel('job.finished').check()
    // The list is emptied some time later, and has both types until then.
    await page.getByRole('cell', { name: 'file.created' }).first().waitFor({ state: 'detached' })
    await page.getByRole('cell', { name: 'extract succeeded' }).first().waitFor()
    assert.equal(await page.getByRole('cell', { name: 'file.created' }).count(), 0)
    await page.getByLabel('job.finished').uncheck()
    // The whole list first, so that what is gone afterwards is gone by the prefix.
    await page.getByRole('link', { name: `${folder}lists/one.csv` }).waitFor()
    await page.getByRole('searchbox').fill(`${folder}events/`)
    await page.getByRole('link', { name: `${folder}lists/one.csv` }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: `${folder}events/${hostile}`, exact: true }).waitFor()
    await button('Pause').click()
    await page.getByText('Paused.').waitFor()
    // The stream ends after this is drawn.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    await put(`${folder}events/paused.txt`)
    assert.equal(await page.getByRole('link', { name: 'paused.txt' }).count(), 0)
    await button('Pause').click()
    await page.getByRole('link', { name: 'paused.txt' }).waitFor()
    assert.equal(await page.getByRole('row').count(), 3)
  })

  await step('a webhook is made, tried out, given new secrets, switched off and deleted; deliveries are sent again', async () => {
    const received = []
    let status = 500
    const receiver = createServer(async (request, response) => {
      const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers
      received.push({ signed: `${id}.${timestamp}.${Buffer.concat(await request.toArray())}`, signatures: signature.split(' ') })
      response.writeHead(status).end()
    })
    await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    try {
      const url = `http://127.0.0.1:${receiver.address().port}/${'long/'.repeat(60)}`
      await tab('Webhooks')
      await button('Make a webhook').click()
      await field('URL of the receiver').fill(url)
      await field('Only files whose keys begin with').fill(`${folder}hooks/`)
      await accessible()
      await button('Make the webhook').click()
      const secret = await field('Secret for its signatures').inputValue()
      assert.match(secret, /^whsec_/)
      await accessible()
      await inDialog('Close').click()
      assert.ok(!(await page.content()).includes(secret))
      await put(`${folder}hooks/${hostile}`)
      const { webhooks } = await (await api('webhooks')).json()
      const delivery = async () => (await (await api(`webhooks/${webhooks[0].id}/deliveries`)).json()).deliveries[0]
      await until('the first attempt', async () => (await delivery())?.last)
      await page.getByRole('link', { name: url }).click()
      await page.getByRole('cell', { name: 'The receiver answered 500' }).waitFor()
      await accessible()
      await shot('webhook')
      status = 204
      await button('Send a test').click()
      await page.getByText('The receiver accepted it with 204').waitFor()
      assert.deepEqual(received.at(-1).signatures, [signature(received.at(-1), secret)])
      await page.getByRole('button', { name: `Send event ${(await delivery()).number} again` }).click()
      await notice('It will be sent again')
      await until('the next attempt', async () => (await delivery()).state === 'delivered')
      await choose('State', 'delivered')
      await page.getByRole('cell', { name: 'status 204' }).waitFor()
      await page.getByRole('link', { name: `${folder}hooks/${hostile}` }).waitFor()

      const rotate = async (overlap) => {
        await button('New secret').click()
        await choose('Events are signed with the present secret, too,', overlap)
        await accessible()
        await inDialog('Make a new secret').click()
        const made = await field('Secret').inputValue()
        assert.match(made, /^whsec_/)
        await accessible()
        await inDialog('Close').click()
        assert.ok(!(await page.content()).includes(made))
        return made
      }
      const tested = async () => {
        const count = received.length
        await button('Send a test').click()
        await until('the test', () => received.length > count)
        return received.at(-1)
      }
      const second = await rotate('for another day')
      let test = await tested()
      assert.deepEqual(test.signatures.toSorted(), [signature(test, second), signature(test, secret)].toSorted())
      const third = await rotate('no longer')
      test = await tested()
      assert.deepEqual(test.signatures, [signature(test, third)])
      await button(`Switch off ${url}`).click()
      await page.getByText('off', { exact: true }).waitFor()
      await button('Delete').click()
      await inDialog('Delete').click()
      await notice('The webhook was deleted')
      await page.getByText('There are no webhooks yet').waitFor()
      await accessible()
    } finally {
      receiver.close()
      receiver.closeAllConnections()
    }
    assert.equal(await page.locator('img').count(), 0)
    assert.ok(!(await page.title()).startsWith('ran'))
  })
}

/** What a request is signed with by a secret: https://www.standardwebhooks.com */
const signature = ({ signed }, secret) =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(signed).digest('base64')}`

/** Waits until a condition holds, without the page, which looks only every few seconds. */
async function until(what, holds) {
  const begun = performance.now()
  while (!(await holds())) {
    assert.ok(performance.now() - begun < 15_000, `${what}: not in time`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
