/**
 * The mock in JUnit 5 and 6: one annotation on the test class.
 *
 * <pre>{@code
 * @MockWechatPay
 * class ChargingTest {
 *     @Test
 *     @WithFault(kind = FaultKind.SYSTEM_ERROR)
 *     void triesAgain(MockWechatPayServer wechatPay, EbikeChargeClient client) {
 *         …
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.github.ebikecharge.mock.junit;

import org.jspecify.annotations.NullMarked;
