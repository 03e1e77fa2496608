// With the fonts of the reader's system: nothing is loaded from another host.
Redoc.init(
  'openapi.json',
  {
    expandResponses: '200,201',
    theme: {
      typography: {
        fontFamily: 'system-ui, sans-serif',
        headings: { fontFamily: 'system-ui, sans-serif' },
      },
    },
  },
  document.getElementById('redoc'),
);
