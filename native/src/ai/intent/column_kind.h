#pragma once

// What a column seems to hold, by its type and name: enough to know which one "last week", "over
// 100" or "cancelled" is about.

#include "ai/intent/schema.h"

namespace mydba::ai::intent {

bool isNumeric(const SchemaColumn& column);
/// A date, or a date with a time of day.
bool isTime(const SchemaColumn& column);
bool isBoolean(const SchemaColumn& column);
bool isText(const SchemaColumn& column);
/// Money as a whole number of cents.
bool isCents(const SchemaColumn& column);
/// An identifier or a reference, of which no sum or average is asked for.
bool isIdentifier(const SchemaColumn& column);

}  // namespace mydba::ai::intent
