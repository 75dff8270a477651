#pragma once

#include <span>

#include "engines/engine.h"
#include "engines/mysql/what_if_session.h"

namespace mydba::mysql {

/// Plans `text` with indexes that are built on the user's tables where only `own` uses them, and
/// dropped. Sessions as of planInCopy.
Result<WhatIfPlans> planWithInvisible(Session& user, Session& own, std::string_view text,
                                      std::span<const sql::IndexWish> wishes,
                                      const CancelToken& cancel);

}  // namespace mydba::mysql
