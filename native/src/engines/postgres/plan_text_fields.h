#pragma once

#include <string_view>

#include "engines/postgres/plan_text_step.h"

namespace mydba::postgres {

/// One line of a step, a worker or a section (`Filter: …`, `Buffers: …`), without its indentation,
/// as JSON would say it. False for a line that is none; then `fields` is as before.
bool readFieldLine(std::string_view line, PlanJson& fields);

/// The lines after the steps that have a form of their own.
void readTriggerLine(std::string_view line, PlanJson& whole);
void readSettingsLine(std::string_view line, PlanJson& whole);
void readSerializationLine(std::string_view line, PlanJson& serialization);
bool readJitLine(std::string_view line, PlanJson& jit);

}  // namespace mydba::postgres
