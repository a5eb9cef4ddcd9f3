/** The version of the package, put in by the build; running from source it is a development version. */
declare const PREGATE_VERSION: string | undefined;

export const version: string = typeof PREGATE_VERSION === 'string' ? PREGATE_VERSION : '0.0.0-dev';
