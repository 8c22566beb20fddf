import type { ImageBlock, ImageElement } from '@slack/types';
import { withEmoji } from '../lib/emoji.ts';
import { localImage } from '../lib/local-image.ts';

/** A picture that is on this machine; any other stays its description, for nothing is fetched. */
export function ImageView({ block }: { block: ImageBlock }) {
  const source = localImage(block);
  return (
    <figure className="block image">
      {block.title && <figcaption dir="auto">{withEmoji(block.title.text)}</figcaption>}
      {source === null ? (
        <div className="image-stand-in">Picture: {block.alt_text}</div>
      ) : (
        <img src={source} alt={block.alt_text} />
      )}
    </figure>
  );
}

export function SmallImage({ image, className }: { image: ImageElement; className: string }) {
  const source = localImage(image);
  if (source !== null) return <img className={className} src={source} alt={image.alt_text} />;
  return <span className={`${className} image-stand-in`} role="img" aria-label={image.alt_text} />;
}
