import type { FileHandle } from 'node:fs/promises';
import { MPEG_TS, OGG, type InputAudioTrack } from 'mediabunny';
import type { CodedSound } from '../codecs/codedSound';
import { openMeasure } from '../codecs/measure';
import { BlockReader } from '../frames/blockReader';
import { joinedStarts, readUnindexedMatroska } from '../headers/matroskaClusters';
import { lastBlock, type LastBlock } from '../headers/matroska';
import { isSystemError } from '../sound/soundFailures';
import { playedTrack } from './playedTrack';
import { codedSound, isMatroska, isMp4, readTiming, type Container } from './container';
import { editsOf, type Edit } from './editList';
import { OggTrack } from './oggTrack';
import { TrackPackets } from './trackPackets';

/** How long a recording in a container is, in seconds. */
export interface ContainerLength {
  /** Of the sound track that players choose or, where there is none, of the picture; undefined where it is not known. */
  readonly seconds: number | undefined;
  /** When the sound ends and an encoder's padding follows; undefined where everything that is decoded is sound. */
  readonly endSeconds: number | undefined;
}

/** Packets are shorter than this in every codec. */
const longestPacketSeconds = 1;
/** Matroska rounds times to milliseconds. */
const roundingSeconds = 0.001;

/** When a packet begins and ends by the container's clock, in seconds. */
interface Span {
  readonly start: number;
  /** Undefined where neither the container nor the packet says how long it is. */
  readonly end: number | undefined;
}

const unknown: ContainerLength = { seconds: undefined, endSeconds: undefined };

/**
 * Reads how long a recording is from its header and its index or, where they do not say, from its last packet.
 *
 * @throws what the disk reports
 */
export async function containerLength(container: Container, file: FileHandle): Promise<ContainerLength> {
  try {
    const track = await playedTrack(container.input);
    if (!track) {
      return { seconds: await pictureSeconds(container, file), endSeconds: undefined };
    }
    return await soundLength(container, file, track);
  } catch (thrown) {
    if (isSystemError(thrown)) {
      throw thrown;
    }
    return unknown;
  }
}

async function soundLength(
  container: Container,
  file: FileHandle,
  track: InputAudioTrack,
): Promise<ContainerLength> {
  const { format } = container;
  const sound = await codedSound(track);
  if (format === OGG && sound) {
    const { seconds } = await OggTrack.open(track, sound, file, container.size);
    return { seconds, endSeconds: seconds };
  }
  const { origin, lead } = await readTiming(container, sound);
  if (isMatroska(format)) {
    return matroskaLength(container, file, track, sound, origin + lead);
  }
  const last = await lastPacket(container, track, sound);
  const edits = isMp4(format) ? await editsOf(file, container.size, track.id) : undefined;
  if (edits && last) {
    const seconds = editedSeconds(edits, last);
    return { seconds, endSeconds: seconds };
  }
  return { seconds: secondsUntilEnd(last, origin + lead), endSeconds: undefined };
}

/** When the last part that is heard ends. It may have been cut off with the file. */
function editedSeconds(edits: readonly Edit[], last: Span): number | undefined {
  const end = last.end ?? last.start;
  const heard = edits.filter(({ from }) => from < end);
  return heard.length === 0
    ? undefined
    : Math.max(...heard.map(({ start, from, to }) => start + Math.min(to, end) - from));
}

/** @param begin when the sound begins by the container's clock */
async function matroskaLength(
  container: Container,
  file: FileHandle,
  track: InputAudioTrack,
  sound: CodedSound | undefined,
  begin: number,
): Promise<ContainerLength> {
  const told = (await track.getDurationFromMetadata()) ?? undefined;
  const joined = await joinedSeconds(file, container.size, track, sound);
  if (joined !== undefined) {
    return { seconds: joined - begin, endSeconds: undefined };
  }
  const found = await lastBlock(file, container.size, track.id);
  const last = found ? await spanOf(found, track, sound) : await lastPacket(container, track, sound);
  return told !== undefined && last && isWithin(told, last, begin)
    ? { seconds: told, endSeconds: told }
    : { seconds: secondsUntilEnd(last, begin), endSeconds: undefined };
}

/** @returns how long all recordings are that were joined in a file, by their clocks; undefined where there is one alone */
async function joinedSeconds(
  file: FileHandle,
  size: number,
  track: InputAudioTrack,
  sound: CodedSound | undefined,
): Promise<number | undefined> {
  const reader = BlockReader.of(file);
  const starts = (await readUnindexedMatroska(reader, size)) ? await joinedStarts(reader, size) : [];
  if (starts.length === 0) {
    return undefined;
  }
  let seconds = 0;
  for (const end of [...starts, size]) {
    const found = await lastBlock(file, end, track.id);
    const last = found && (await spanOf(found, track, sound));
    seconds += last?.end ?? last?.start ?? 0;
  }
  return seconds;
}

/** @param begin when the sound begins by the container's clock */
function secondsUntilEnd(last: Span | undefined, begin: number): number | undefined {
  return last && (last.end ?? last.start) - begin;
}

/** Whether the header says that the sound ends within the last packet, the rest of which is then padding. */
function isWithin(told: number, { start, end }: Span, begin: number): boolean {
  const earliest = start - begin;
  const latest = end === undefined ? earliest + longestPacketSeconds : end - begin;
  return told > earliest + roundingSeconds && told < latest;
}

/** The last packet of a track. */
async function lastPacket(
  container: Container,
  track: InputAudioTrack,
  sound: CodedSound | undefined,
): Promise<Span | undefined> {
  const packet = await (await TrackPackets.open(container, track)).last();
  if (!packet) {
    return undefined;
  }
  const { timestamp: start, duration, data } = packet;
  return { start, end: endOf(start, duration, secondsOf(sound, data, undefined)) };
}

async function spanOf(
  { last, before }: LastBlock,
  track: InputAudioTrack,
  sound: CodedSound | undefined,
): Promise<Span> {
  const ticks = await track.getTimeResolution();
  const first = await track.getFirstTimestamp();
  const frame = secondsOf(sound, last.data, before?.data);
  const start = first + onGrid(last.tick / ticks - first, frame);
  return { start, end: endOf(start, (last.durationTicks ?? 0) / ticks, frame && frame * last.frames) };
}

/**
 * How much sound a decoder makes of a packet, in seconds; undefined where the packet or its codec does not tell.
 *
 * @param before the packet before it, on which the length depends in Vorbis
 */
function secondsOf(
  sound: CodedSound | undefined,
  packet: Uint8Array,
  before: Uint8Array | undefined,
): number | undefined {
  const measure = sound && openMeasure(sound);
  if (before) {
    measure?.length(before);
  }
  const length = measure?.length(packet) ?? 0;
  return measure && length > 0 ? length / measure.rate : undefined;
}

/** Undoes the rounding of a time: where all packets are of one length, times are multiples of it. */
function onGrid(seconds: number, frame: number | undefined): number {
  const exact = frame ? Math.round(seconds / frame) * frame : seconds;
  return Math.abs(exact - seconds) <= roundingSeconds ? exact : seconds;
}

/**
 * @param told how long the packet is as the container says, which may cut it short; 0 where it does not say
 * @param decoded how much sound a decoder makes of it
 */
function endOf(start: number, told: number, decoded: number | undefined): number | undefined {
  const seconds = told > 0 ? Math.min(told, decoded ?? told) : decoded;
  return seconds === undefined ? undefined : start + seconds;
}

async function pictureSeconds(
  { input, format, size }: Container,
  file: FileHandle,
): Promise<number | undefined> {
  const tracks = await input.getTracks();
  const told = await input.getDurationFromMetadata(tracks);
  if (told !== null) {
    return told;
  }
  const [track] = tracks;
  const found = isMatroska(format) && track ? await lastBlock(file, size, undefined) : undefined;
  if (track && found) {
    return found.last.tick / (await track.getTimeResolution());
  }
  const origin = format === MPEG_TS ? await input.getFirstTimestamp() : 0;
  return (await input.computeDuration(tracks, { metadataOnly: true })) - origin;
}
