/** The mock of WeChat Pay: {@link io.github.ebikecharge.mock.MockWechatPayServer} is the way in. */
@NullMarked
package io.github.ebikecharge.mock;

import org.jspecify.annotations.NullMarked;
