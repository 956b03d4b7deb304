import { isLoopback } from '../../assemblyai/baseUrl';

/** Whether a text is the address of a recording on the web. */
export interface UrlCheck {
  /** The address as it is sent; undefined when it cannot be one. */
  readonly url: string | undefined;
  /** What is wrong with the address, or what the user should know about it; '' for nothing. */
  readonly hint: string;
}

/** Sites whose addresses lead to pages. AssemblyAI downloads files only, and does not read pages. */
const pages: readonly (readonly [host: string, name: string])[] = [
  ['youtube.com', 'YouTube'],
  ['youtu.be', 'YouTube'],
  ['open.spotify.com', 'Spotify'],
  ['podcasts.apple.com', 'Apple Podcasts'],
  ['soundcloud.com', 'SoundCloud'],
  ['vimeo.com', 'Vimeo'],
  ['tiktok.com', 'TikTok'],
  ['facebook.com', 'Facebook'],
  ['instagram.com', 'Instagram'],
];

/** Checks whether what the user typed can be the address of a recording. */
export function checkRecordingUrl(text: string): UrlCheck {
  const typed = text.trim();
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refused('A direct link to a recording begins with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    return refused('The service would keep the user name and the password in this link. Leave them out.');
  }
  const page = pages.find(([host]) => isAt(url, host));
  if (page !== undefined) {
    return refused(`Pages of ${page[1]} do not work. Use a direct link to an audio or video file.`);
  }
  return { url: url.href, hint: hintAbout(url) };
}

function hintAbout(url: URL): string {
  if (isAt(url, 'drive.google.com') || isAt(url, 'github.com')) {
    return 'Works only for files under 100 MB that anyone can download.';
  }
  if (isLoopback(url.hostname) || isPrivate(url.hostname)) {
    return 'The service downloads the file itself, so it has to reach this address.';
  }
  return /\.html?$/i.test(url.pathname) ? 'This looks like a page. Only a direct link to a file works.' : '';
}

/** Addresses of home and company networks. */
function isPrivate(hostname: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$|\.(local|internal|lan)$|^[^.:]+$/i.test(
    hostname,
  );
}

function isAt({ hostname }: URL, host: string): boolean {
  return hostname === host || hostname.endsWith(`.${host}`);
}

function refused(hint: string): UrlCheck {
  return { url: undefined, hint };
}
