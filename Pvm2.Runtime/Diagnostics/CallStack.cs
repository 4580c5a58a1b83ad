namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// Derives a run's call stack from the blocks that it enters and from sp, since PVM2 has no instruction that is a call
/// or a return and nothing else.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A frame that was entered with less than the present sp is gone.</item>
/// <item>With the sp of its entry at the block behind its call, a frame has returned.</item>
/// <item>Going to the first block of another function is a call; unless that function is on the stack with the same sp:
/// then it is gone back to, as in loops over several labels and tail calls in a circle.</item>
/// <item>Going to the first block of the same function is a call if sp is less than at its entry, else a loop.</item>
/// <item>Going into the midst of another function is a return to its latest frame; if there is none, it is a call that
/// is not counted.</item>
/// </list>
/// A tail call leaves no trace of its own, so the function that made it stays on the stack until it would have returned.
/// </remarks>
/// <param name="functions">The functions of the program.</param>
/// <param name="tree">Where the stacks are kept.</param>
internal sealed class CallStack(GuestFunctions functions, CallTree tree)
{
    /// <summary>Frames that are told apart; a deeper one takes the place of the deepest.</summary>
    internal const int MaxDepth = 256;

    private const int UnknownBlock = -1;

    private readonly CallFrame[] _frames = new CallFrame[MaxDepth];
    private readonly ulong[] _calls = new ulong[functions.Count];
    private int _depth;
    private int _block = UnknownBlock;

    /// <summary>Whether the stack was ever deeper than is told apart.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>The present stack, a node of the tree; there must have been a block.</summary>
    internal int Node => _frames[_depth - 1].Node;

    private ref CallFrame Top => ref _frames[_depth - 1];

    /// <summary>How often a function was called.</summary>
    internal ulong CallsOf(int function) => _calls[function];

    /// <summary>Goes on with a block.</summary>
    /// <param name="block">Block number.</param>
    /// <param name="stackPointer">sp at its start.</param>
    internal void Enter(int block, ulong stackPointer)
    {
        var function = functions.Of(block);
        if (_depth == 0)
        {
            Call(function, stackPointer, UnknownBlock);
        }
        else
        {
            Move(block, function, stackPointer);
        }

        _block = block;
    }

    private void Move(int block, int function, ulong stackPointer)
    {
        while (_depth > 1 && Top.StackPointer < stackPointer)
        {
            _depth--;
        }

        Return(block, stackPointer);
        if (!functions.IsFirst(block))
        {
            MoveInto(function, stackPointer);
        }
        else if (function != Top.Function)
        {
            MoveToFirst(block, function, stackPointer);
        }
        else if (stackPointer < Top.StackPointer)
        {
            Call(function, stackPointer, ReturnBlock(block));
        }
    }

    /// <summary>Drops the frames that return to a block.</summary>
    private void Return(int block, ulong stackPointer)
    {
        for (var frame = _depth - 1; frame > 0 && _frames[frame].StackPointer == stackPointer; frame--)
        {
            if (_frames[frame].ReturnBlock == block)
            {
                _depth = frame;
                return;
            }
        }
    }

    private void MoveInto(int function, ulong stackPointer)
    {
        for (var frame = _depth - 1; frame >= 0; frame--)
        {
            if (_frames[frame].Function == function)
            {
                _depth = frame + 1;
                return;
            }
        }

        Push(function, stackPointer, UnknownBlock);
    }

    private void MoveToFirst(int block, int function, ulong stackPointer)
    {
        for (var frame = _depth - 1; frame >= 0 && _frames[frame].StackPointer == stackPointer; frame--)
        {
            if (_frames[frame].Function == function)
            {
                _depth = frame + 1;
                _calls[function]++;
                return;
            }
        }

        Call(function, stackPointer, ReturnBlock(block));
    }

    /// <summary>The block behind the one that was left; running on into a function is no call that returns there.</summary>
    private int ReturnBlock(int block) => block == _block + 1 ? UnknownBlock : _block + 1;

    private void Call(int function, ulong stackPointer, int returnBlock)
    {
        _calls[function]++;
        Push(function, stackPointer, returnBlock);
    }

    private void Push(int function, ulong stackPointer, int returnBlock)
    {
        if (_depth == MaxDepth)
        {
            IsCut = true;
            _depth--;
        }

        var parent = _depth == 0 ? CallTree.NoParent : Top.Node;
        _frames[_depth++] = new CallFrame(function, tree.Child(parent, function), stackPointer, returnBlock);
    }
}
