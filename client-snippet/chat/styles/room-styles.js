import { composerStyles } from './composer-styles.js';
import { conversationStyles } from './conversation-styles.js';
import { headerStyles } from './header-styles.js';
import { messageStyles } from './message-styles.js';
import { panelStyles } from './panel-styles.js';
import { pinStyles } from './pin-styles.js';

/**
 * All of the room's looks. Logical properties, so that it turns round with the writing direction. Each text colour has a contrast of at least 4.5:1
 * on its ground, people's colours included: their lightness is fixed in a space where that means the same for each hue.
 */
export const roomStyles = panelStyles + headerStyles + conversationStyles + messageStyles + composerStyles + pinStyles;
