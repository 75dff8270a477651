#pragma once

#include "optimize/proposal.h"

namespace mydba::optimize {

/// What the findings of a plan advise where nothing else was proposed for them: the few worst.
void addAdvice(const std::vector<protocol::Finding>& findings, Proposals& proposals);

}  // namespace mydba::optimize
