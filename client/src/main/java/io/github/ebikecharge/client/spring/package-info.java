/**
 * The client as a bean of Spring Boot 3 and 4, from properties that begin with {@code ebike-charge}; nothing else depends
 * on Spring.
 */
@NullMarked
package io.github.ebikecharge.client.spring;

import org.jspecify.annotations.NullMarked;
