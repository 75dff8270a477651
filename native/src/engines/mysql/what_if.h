#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// The session must outlive it.
std::unique_ptr<WhatIf> makeWhatIf(Session& session);

}  // namespace mydba::mysql
