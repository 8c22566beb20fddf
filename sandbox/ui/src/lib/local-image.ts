/** The address of a picture that needs no network, else null. */
export function localImage(image: object): string | null {
  const url = 'image_url' in image && typeof image.image_url === 'string' ? image.image_url : '';
  if (url.startsWith('data:image/')) return url;
  if (!URL.canParse(url, window.location.href)) return null;
  return new URL(url, window.location.href).origin === window.location.origin ? url : null;
}
