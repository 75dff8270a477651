#pragma once

#include <span>

#include "engines/engine.h"
#include "engines/mysql/what_if_session.h"

namespace mydba::mysql {

/// Plans `text` in copies of its tables (what_if_table.h). `own` is a session as openBeside makes
/// it, `user` the one for which it is done.
Result<WhatIfPlans> planInCopy(Session& user, Session& own, std::string_view text,
                               std::span<const sql::IndexWish> wishes, const CancelToken& cancel);

}  // namespace mydba::mysql
