/* eslint-disable global-require -- an import() keeps its form in what the tests and the published package load, where it does not work */

/** The clouds' libraries, each loaded when a cluster of its cloud is first signed in to: they are large. */
export const libraries = {
  awsCredentials: () =>
    require('@aws-sdk/credential-providers') as typeof import('@aws-sdk/credential-providers'),
  awsSha256: () =>
    require('@aws-crypto/sha256-js') as typeof import('@aws-crypto/sha256-js'),
  awsSignature: () =>
    require('@smithy/signature-v4') as typeof import('@smithy/signature-v4'),
  azure: () => require('@azure/identity') as typeof import('@azure/identity'),
  google: () =>
    require('google-auth-library') as typeof import('google-auth-library'),
};
