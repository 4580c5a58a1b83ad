namespace Pvm2.Cli;

/// <summary>What the process returns to the script that started it. Documented in docs/cli.md; never renumber.</summary>
internal enum ExitCode
{
    /// <summary>The command did what it was asked to; for <c>run</c>, the guest halted.</summary>
    Success = 0,

    /// <summary>The guest accessed an undeclared page or stored to a read-only one.</summary>
    PageFault = 10,

    /// <summary>The guest trapped, or ran an illegal instruction, a bad jump or off the end of its code.</summary>
    Panic = 11,

    /// <summary>The gas left does not pay for the next block.</summary>
    OutOfGas = 12,

    /// <summary>The guest made a host call that the default host does not offer.</summary>
    HostCall = 13,

    /// <summary>The run was stopped at a gas mark and written down.</summary>
    Paused = 14,

    /// <summary>The file is no program, or the program breaks a rule of its profile.</summary>
    InvalidProgram = 20,

    /// <summary>The ELF cannot be linked.</summary>
    LinkError = 21,

    /// <summary>The assembly text has errors.</summary>
    AssemblyError = 22,

    /// <summary>A file, or the memory that a program declares, is larger than the limit.</summary>
    LimitExceeded = 23,

    /// <summary>The tier that was asked for is not part of this build, or cannot run on this machine.</summary>
    UnsupportedTier = 24,

    /// <summary>The file is no snapshot, or none of a run of its program that can go on.</summary>
    InvalidSnapshot = 25,

    /// <summary>The command line is wrong (the number of sysexits.h's EX_USAGE).</summary>
    Usage = 64,

    /// <summary>A defect of this program (EX_SOFTWARE).</summary>
    InternalError = 70,

    /// <summary>A file cannot be read or written (EX_IOERR).</summary>
    InputOutput = 74,

    /// <summary>Ctrl-C or a termination signal stopped the run (128 + SIGINT, as shells report it).</summary>
    Cancelled = 130,
}
