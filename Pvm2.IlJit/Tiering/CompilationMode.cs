namespace Pvm2.IlJit.Tiering;

/// <summary>When a module is compiled.</summary>
public enum CompilationMode
{
    /// <summary>
    /// Runs start at once in the interpreter, and what turns out to take much time is compiled by a thread in the
    /// background; runs that are under way go on in compiled code as soon as there is some.
    /// </summary>
    Background,

    /// <summary>All of a module is compiled before its first run, which may take a second for a megabyte of code.</summary>
    Eager,
}
