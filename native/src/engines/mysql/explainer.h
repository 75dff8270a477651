#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// The session must outlive it.
std::unique_ptr<Explainer> makeExplainer(Session& session);

/// The plan of a statement that is about to be asked about; it is not run.
Result<protocol::PlanTree> planOf(Session& session, std::string_view sql,
                                  const CancelToken& cancel);

}  // namespace mydba::mysql
