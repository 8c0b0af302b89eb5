/** Where alerts go, as the settings say. */
export interface DeliverySettings {
  /** Several that are one for high availability: each is told. */
  readonly alertmanagers: readonly { readonly url: string; readonly basicAuth: string | null }[];
  readonly webhooks: readonly { readonly name: string; readonly url: string; readonly secretFile: string | null }[];
}
