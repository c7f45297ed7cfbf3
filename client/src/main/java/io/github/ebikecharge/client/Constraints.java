package io.github.ebikecharge.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.hibernate.validator.spi.nodenameprovider.JavaBeanProperty;
import org.hibernate.validator.spi.nodenameprovider.Property;
import org.hibernate.validator.spi.nodenameprovider.PropertyNodeNameProvider;

/** Holds requests and answers to the annotations that come from the document. */
final class Constraints {
    private final Validator validator = Validation.byProvider(HibernateValidator.class)
            .configure()
            .defaultLocale(Locale.ENGLISH)
            .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
            .propertyNodeNameProvider(new WireNames())
            .buildValidatorFactory()
            .getValidator();

    /** What is wrong with a value, naming every field at fault as it is called on the wire; empty if nothing is. */
    Optional<String> violations(Object value) {
        Set<ConstraintViolation<Object>> violations = validator.validate(value);
        return violations.stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .reduce((a, b) -> a + "; " + b);
    }

    /** Calls a record component as its JSON property is called. */
    private static final class WireNames implements PropertyNodeNameProvider {
        @Override
        public String getName(Property property) {
            if (property instanceof JavaBeanProperty bean
                    && bean.getDeclaringClass().isRecord()) {
                return Arrays.stream(bean.getDeclaringClass().getRecordComponents())
                        .filter(component -> component.getName().equals(property.getName()))
                        .map(RecordComponent::getAccessor)
                        .map(accessor -> accessor.getAnnotation(JsonProperty.class))
                        .filter(annotation -> annotation != null)
                        .map(JsonProperty::value)
                        .findFirst()
                        .orElse(property.getName());
            }
            return property.getName();
        }
    }
}
