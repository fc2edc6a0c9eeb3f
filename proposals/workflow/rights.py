"""Who may do what."""

HANDLE = "proposals.handle_proposal"
ASSIGN = "proposals.assign_proposal"
APPROVE = "proposals.approve_proposal"
WORK = "proposals.handle_assignment"
