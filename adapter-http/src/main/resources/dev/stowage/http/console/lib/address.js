/** The path of the service, which a proxy may have put below its root. */
export const base = location.pathname.replace(/\/console(\/.*)?$/, '')
