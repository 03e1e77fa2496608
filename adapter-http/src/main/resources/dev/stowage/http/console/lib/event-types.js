// The types of events, with what they say to people.
export const EVENT_TYPES = {
  'file.created': 'stored',
  'file.updated': 'replaced or changed',
  'file.deleted': 'deleted',
  'upload.completed': 'upload completed',
  'upload.expired': 'upload expired',
  'job.finished': 'job finished',
  'webhook.disabled': 'webhook switched off',
}
